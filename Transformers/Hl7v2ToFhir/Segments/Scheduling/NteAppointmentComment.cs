using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Scheduling;

/// <summary>NTE[Appointment-Comment]: R4 has one comment as text alone; the official map takes the note of R5, which keeps author and time.</summary>
internal static class NteAppointmentComment
{
    private const string Note = "http://hl7.org/fhir/5.0/StructureDefinition/extension-Appointment.note";

    public static void Map(SegmentValue nte, FhirNode appointment)
    {
        nte[1].Drop(Ledger.DropRule.SetId);
        if (!nte[3].HasValue && !nte[9].HasValue) return;
        var note = appointment.Extension(Note).Object("valueAnnotation"); // NTE-3 extension[1].valueAnnotation
        if (nte[4].HasValue) note.Extension("http://hl7.org/fhir/StructureDefinition/annotationType").SetConcept("valueCodeableConcept", nte[4], TableMaps.CommentType); // NTE-4 CWE[CodeableConcept]
        foreach (var coded in nte[9]) // NTE-9 CWE[CodeableConcept]
        {
            if (coded.HasValue) note.Extension("http://hl7.org/fhir/StructureDefinition/alternate-codes").SetConcept("valueCodeableConcept", coded);
        }

        note.Refer("authorReference", Xcn.ToPractitioner(nte[5])); // NTE-5 XCN[Annotation-Author]
        note.SetDateTime("time", nte[6]); // NTE-6 DTM[Annotation-Time]
        // R4 Annotation.text is 1..1.
        if (!note.SetLines("text", nte[3])) note.SetJoined("text", " "u8, nte[9].First[2].HasValue ? nte[9].First[2] : nte[9].First); // NTE-3 FT[Annotation-Comment]
    }

    /// <summary>APR: what the placer would like of time, resource and place (HL7 v2.8.2 10.6.8): words for people, kept as a note each.</summary>
    public static void Preferences(SegmentValue apr, FhirNode appointment)
    {
        for (var field = 1; field <= 5; field++)
        {
            foreach (var preference in apr[field])
            {
                if (preference.HasValue) appointment.Extension(Note).Object("valueAnnotation").SetJoined("text", " "u8, preference);
            }
        }
    }
}
