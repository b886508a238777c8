using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>DR[Period]: date/time range (HL7 v2.8.2 2A.20).</summary>
public static class Dr
{
    public static void ToPeriod(FhirNode period, Value dr)
    {
        period.SetDateTime("start", dr[1]); // DR.1
        period.SetDateTime("end", dr[2]); // DR.2
    }
}
