using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>QBP_Q11: query by parameter (HL7 v2.8.2 5.3.1.2). It brings nothing for the record: a header, and what is asked for.</summary>
internal static class RecordQuery
{
    public static void Map(Mapping mapping)
    {
        var header = MshMessageHeader.Map(mapping);
        header.ReferItem("focus", QpdParameters.Map(mapping));
    }
}
