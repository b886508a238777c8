using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.PatientCare;

/// <summary>What PRB, GOL and PTH say alike: their action code (HL7 table 0287), their number, and variances from what was expected (VAR).</summary>
internal static class CareAction
{
    /// <summary>Whether the message deletes what the segment says: by its own code, or without one by the event.</summary>
    public static bool Deletes(SegmentValue segment) =>
        segment[1].First.Is("DE"u8) || (segment[1].First.Leaf < 0 && segment.Mapping.Segments[0][9].First[2].Text is "PC3" or "PC8" or "PCD");

    /// <summary>Whether the message takes the link to what is above away.</summary>
    public static bool Unlinks(SegmentValue segment) => segment[1].First.Is("UN"u8);

    /// <summary>Whether it is told for the first time, so that what is not said is as it commonly is.</summary>
    public static bool Adds(SegmentValue segment) => segment[1].First.Is("AD"u8);

    /// <summary>The action code has done its work, unless it became a status.</summary>
    public static void Drop(SegmentValue segment) => segment[1].Drop(DropRule.SegmentAction);

    /// <summary>The instance number, else patient and code.</summary>
    public static IdKey Key(SegmentValue segment, string type, Value instance, Value code)
    {
        var mapping = segment.Mapping;
        var key = mapping.Resources.Key(type).Add("care");
        if (instance[1].Leaf >= 0) return key.Add(instance[1]).Add(instance[2]).Add(instance[3]);
        return key.Add(mapping.Patient.Utf8Of("id")).Add(code[1]).Add(code[2]).Add(code[3]);
    }

    /// <summary>VAR as a note: what was found, by whom and when (HL7 v2.8.2 12.4.4).</summary>
    public static void Variance(SegmentValue var, FhirNode resource)
    {
        if (!resource.Exists || !var[6].HasValue) return;
        var note = resource.Item("note");
        if (var[5].HasValue) note.Extension("http://hl7.org/fhir/StructureDefinition/annotationType").SetConcept("valueCodeableConcept", var[5]);
        note.Refer("authorReference", Xcn.ToPractitioner(var[4]));
        if (!note.SetDateTime("time", var[2])) note.SetDateTime("time", var[3]);
        note.SetLines("text", var[6]);
    }

    /// <summary>A life cycle status in words: these tables are each user's own, so their usual words decide.</summary>
    public static string Word(Value status)
    {
        var text = status[1].Text.ToUpperInvariant();
        return text.Length > 2 || !status[2].HasValue ? text : status[2].Text.ToUpperInvariant();
    }
}
