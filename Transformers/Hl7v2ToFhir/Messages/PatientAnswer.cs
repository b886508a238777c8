using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>
/// What another system answers about patients: RSP_K21 to RSP_K24 (HL7 v2.8.2 3.3.56 to 3.3.59; the answers of IHE PDQ and PIX are K22 and
/// K23) and ADR_A19 (HL7 v2.3 3.2.19). Each PID is a Patient of the answering system, with what the answer tells beside it.
/// </summary>
internal static class PatientAnswer
{
    public static void Register(StructureRegister register)
    {
        register.Add("RSP", Map, Patients.Several, "K21", "K22", "K23", "K24");
        register.Add("ADR", Map, Patients.Several, "A19");
    }

    private static void Map(Mapping mapping)
    {
        var header = MshMessageHeader.Map(mapping);
        MsaMessageHeader.Map(mapping, header);
        header.ReferItem("focus", QpdParameters.Map(mapping));
        AdtVisit.Patients(mapping, header, null);
    }
}
