using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Documents;

/// <summary>TXA[DocumentReference]: the document, known by its unique number through all its events.</summary>
internal static class TxaDocumentReference
{
    public static FhirNode Map(SegmentValue txa)
    {
        var mapping = txa.Mapping;
        var document = mapping.Resources.Begin("DocumentReference", CategoryOf(txa[2]), WriteMode.Merge);
        mapping.Resources.Own(document, DocumentKey.Of(mapping, txa[12]));
        txa[1].Drop(DropRule.SetId);
        if (txa[12].HasValue) Number(document.Object("masterIdentifier"), txa[12]); // TXA-12 EI[Identifier-Organization]
        document.Item("identifier").SetText("value", txa[16]); // TXA-16 ST[Identifier]
        TxaStatus.Set(document, txa); // TXA-17 TXA-19
        document.SetConcept("type", txa[2]); // TXA-2 CWE[CodeableConcept]
        mapping.ReferToSubject(document, "subject");
        document.SetInstant("date", txa[6]); // TXA-6 date
        if (!document.Has("date") && txa[6].HasValue) // TXA-6 extension[1].valueDate
            document.Extension("http://hl7.org/fhir/6.0/StructureDefinition/extension-date").SetDateTime("valueDateTime", txa[6]);
        foreach (var author in txa[9]) document.ReferItem("author", Xcn.ToPractitioner(author)); // TXA-9 XCN[Practitioner]
        document.Refer("authenticator", Authenticator(txa)); // TXA-10 XCN[Practitioner]
        document.Refer("custodian", Hd.ToOrganization(txa[27]));
        Parent(document, txa);
        document.SetText("description", txa[25]); // TXA-25 description
        if (txa[18].HasValue) Cwe.ToCodeableConcept(document.Item("securityLabel"), txa[18], TableMaps.DocumentConfidentialityStatus); // TXA-18 ID[CodeableConcept]
        Context(document, txa);
        return document;
    }

    /// <summary>Where the document belongs among the sharable categories: by its type (HL7 table 0270).</summary>
    private static SharingCategory CategoryOf(Value type)
    {
        if (type[1].IsOneOf("DI"u8, "SP"u8)) return SharingCategory.LaboratoryAndRadiologyReports;
        return type[2].Text.Contains("medical certificate", StringComparison.OrdinalIgnoreCase) || type[2].Text.Contains("sick leave", StringComparison.OrdinalIgnoreCase)
            ? SharingCategory.MedicalCertificates
            : SharingCategory.ClinicalNotesAndSummaries;
    }

    // An EI may hold its number as universal id alone.
    private static void Number(FhirNode identifier, Value ei)
    {
        if (ei[1].Leaf >= 0) Ei.ToIdentifier(identifier, ei);
        else identifier.SetText("value", ei[3]);
    }

    // Who is to authenticate; else who has.
    private static FhirNode Authenticator(SegmentValue txa) => Xcn.ToPractitioner(txa[10].HasValue ? txa[10] : txa[22]);

    private static void Parent(FhirNode document, SegmentValue txa)
    {
        if (!txa[13].HasValue) return;
        var mapping = txa.Mapping;
        var trigger = mapping.Segments[0][9].First[2];
        var replaces = trigger.IsOneOf("T09"u8, "T10"u8);
        var relation = document.Item("relatesTo").Set("code", replaces ? "replaces" : "appends", trigger.Leaf);
        var target = relation.Object("target").Constant("type", "DocumentReference");
        Number(target.Object("identifier"), txa[13]);
        if (replaces) relation.Refer("target", Superseded(mapping, txa[13], CategoryOf(txa[2])));
    }

    /// <summary>The document that is replaced stays in the record, and says that it no longer counts.</summary>
    private static FhirNode Superseded(Mapping mapping, Value number, SharingCategory category)
    {
        var old = mapping.Resources.Begin("DocumentReference", category, WriteMode.Merge);
        mapping.Resources.Own(old, DocumentKey.Of(mapping, number));
        Number(old.Object("masterIdentifier"), number);
        old.Set("status", "superseded", mapping.Segments[0][9].First[2].Leaf);
        mapping.ReferToSubject(old, "subject");
        AbsentData.Set(old.Item("content").Object("attachment"));
        return old;
    }

    private static void Context(FhirNode document, SegmentValue txa)
    {
        var mapping = txa.Mapping;
        var context = document.Object("context");
        if (mapping.Encounter.Populated) context.ReferItem("encounter", mapping.Encounter);
        context.Object("period").SetDateTime("start", txa[4]);
        context.SetConcept("practiceSetting", txa[28]);
        foreach (var number in txa[14]) Order(context, number, "PLAC");
        Order(context, txa[15], "FILL");
    }

    // The order by its number; one that the message holds itself is referred to as a resource too.
    private static void Order(FhirNode context, Value number, string type)
    {
        if (number[1].Leaf < 0) return;
        var identifier = context.Item("related").Constant("type", "ServiceRequest").Object("identifier");
        Cx.ConstantType(identifier, type);
        Ei.ToIdentifier(identifier, number);
    }
}
