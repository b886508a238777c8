using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>RI[Timing]: repeat interval (HL7 v2.8.2 2A.65), as it stands in TQ.2 one level lower.</summary>
public static class Ri
{
    public static void ToTiming(FhirNode timing, Value ri)
    {
        if (!ri.HasValue) return;
        timing.Object("repeat").AppendTimes("timeOfDay", ri[2]); // RI-2 repeat.timeOfDay
        RepeatPattern.ToTiming(timing, ri[1]); // RI-1 code
    }
}
