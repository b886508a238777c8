using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>ADT_A05: A28 add person, A31 update person.</summary>
internal static class AdtA05
{
    public static void Map(Mapping mapping)
    {
        var header = MshMessageHeader.Map(mapping);
        var patient = PidPatient.Map(mapping.First("PID"), WriteMode.Merge);
        header.ReferItem("focus", patient);
        EvnProvenance.Map(mapping);
        MshProvenance.Map(mapping);
    }
}
