using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>PR1[Procedure].</summary>
public static class Pr1Procedure
{
    // What "" in a field takes out of the record.
    private static readonly (int Field, string Element)[] Nulls =
    [
        (5, "performed"), (6, "category"), (8, "performer:88189002"), (11, "performer:304292004"), (12, "performer:"), (15, "reasonCode"), (23, "location"), (25, "partOf"),
    ];

    public static FhirNode Map(SegmentValue pr1, FhirNode encounter)
    {
        if (!pr1[3].HasValue && !pr1[4].HasValue) return default;
        var mapping = pr1.Mapping;
        pr1[1].Drop(DropRule.SetId);
        var procedure = mapping.Resources.Begin("Procedure", SharingCategory.DiagnosesProceduresMedications, WriteMode.Merge);
        if (pr1[19].HasValue) Ei.ToIdentifier(procedure.Item("identifier"), pr1[19]); // PR1-19 EI[Identifier-Extension]
        if (pr1[25].HasValue) Ei.ToIdentifier(procedure.Item("partOf").Constant("type", "Procedure").Object("identifier"), pr1[25]); // PR1-25 EI[Identifier-Extension]
        Status(procedure, pr1);
        procedure.SetConcept("category", pr1[6]); // PR1-6 CWE[CodeableConcept]
        procedure.SetConcept("code", pr1[3]); // PR1-3 CNE[CodeableConcept]
        if (!pr1[3].First[9].HasValue) procedure.Object("code").SetText("text", pr1[4]); // PR1-4 IF PR1-3.9 NOT VALUED
        mapping.ReferToSubject(procedure, "subject");
        procedure.Refer("encounter", encounter);
        Performed(procedure, pr1);
        Performers(procedure, pr1[8], "88189002", "Anesthesiologist"); // PR1-8 XCN[Practitioner]
        Performers(procedure, pr1[11], "304292004", "Surgeon"); // PR1-11 XCN[Practitioner]
        Performers(procedure, pr1[12], null, null); // PR1-12 XCN[Practitioner]
        procedure.Refer("location", Pl.ToLocation(pr1[23])); // PR1-23 PL[Location]
        procedure.AddConcepts("reasonCode", pr1[15]); // PR1-15 CWE[CodeableConcept]
        mapping.Resources.Own(procedure, Key(pr1));
        mapping.Resources.Nulls(procedure, pr1, Nulls);
        return procedure;
    }

    // The official map leaves it to the context. Of a visit that has ended the procedures are done.
    private static void Status(FhirNode procedure, SegmentValue pr1)
    {
        var action = pr1[20].First;
        if (action.Is("D"u8)) procedure.Set("status", "entered-in-error", action.Leaf); // PR1 status
        else procedure.Set("status", pr1.Mapping.Segments[0][9].First[2].Is("A03"u8) ? "completed" : "unknown");
    }

    private static void Performed(FhirNode procedure, SegmentValue pr1)
    {
        var minutes = pr1[7].First;
        if (minutes.Leaf < 0 || !int.TryParse(minutes.Text, System.Globalization.CultureInfo.InvariantCulture, out var length) || length is < 0 or > 100_000)
        {
            procedure.SetDateTime("performedDateTime", pr1[5]); // PR1-5 IF PR1-7 NOT VALUED
            return;
        }

        var period = procedure.Object("performedPeriod");
        period.SetDateTime("start", pr1[5]); // PR1-5 IF PR1-7 VALUED AND PR1-5.5 VALUED
        if (period.SetLater("end", period.TextOf("start"), TimeSpan.FromMinutes(length), minutes)) return; // PR1-7 performedPeriod.end

        period.Remove();
        procedure.SetDateTime("performedDateTime", pr1[5]); // PR1-5 IF PR1-7 VALUED AND PR1-5.5 NOT VALUED
    }

    private static void Performers(FhirNode procedure, FieldValue people, string? function, string? display)
    {
        foreach (var person in people)
        {
            var practitioner = Xcn.ToPractitioner(person);
            if (!practitioner.Populated) continue;
            var performer = procedure.Item("performer");
            if (function is not null && display is not null)
                performer.ConstantObject("function").ConstantItem("coding").Constant("system", "http://snomed.info/sct").Constant("code", function).Constant("display", display);
            performer.Refer("actor", practitioner);
        }
    }

    private static IdKey Key(SegmentValue pr1)
    {
        var mapping = pr1.Mapping;
        var identifier = pr1[19].First;
        if (identifier[1].Leaf >= 0) return mapping.Resources.Key("Procedure").Add("identifier").Add(identifier[1]).Add(identifier[2]).Add(identifier[3]);
        var key = mapping.Resources.PartOf(mapping.Encounter.Exists ? mapping.Encounter : mapping.Patient, "Procedure");
        return key.AddAll(pr1[3].First).Add(pr1[4]).Add(pr1[5]);
    }
}
