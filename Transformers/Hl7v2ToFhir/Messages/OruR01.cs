using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>ORU_R01: unsolicited observation message (HL7 v2.8.2 7.3.1).</summary>
internal static class OruR01
{
    public static void Map(Mapping mapping)
    {
        var header = MshMessageHeader.Map(mapping);
        PidPatient.Map(mapping.First("PID"), WriteMode.CreateIfAbsent);
        _ = header;
        MshProvenance.Map(mapping);
    }
}
