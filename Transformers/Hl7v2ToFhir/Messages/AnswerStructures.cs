using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>Answers to messages that the hub sent: ACK and MCF (HL7 v2.8.2 2.13), MFK (8.4). They are about no patient.</summary>
internal static class AnswerStructures
{
    public static void Register(StructureRegister register)
    {
        register.Add("ACK", Map, Patients.None, StructureRegister.AnyTrigger);
        register.Add("MCF", Map, Patients.None, StructureRegister.AnyTrigger);
        register.Add("MFK", Map, Patients.None, StructureRegister.AnyTrigger);
    }

    private static void Map(Mapping mapping) => MsaMessageHeader.Map(mapping, MshMessageHeader.Map(mapping));
}
