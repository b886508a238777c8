using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>
/// OBX[DocumentReference], ED[DocumentReference], RP[DocumentReference]: a document or picture that is a result, or a pointer to one.
/// Each repetition of OBX-5 is one content.
/// </summary>
internal static class ObxDocumentReference
{
    /// <param name="whole">The specimen, dose or act that it is told with; or no node.</param>
    /// <returns>No node where the OBX holds no document.</returns>
    public static FhirNode Map(SegmentValue obx, OrderGroup? group, SharingCategory category, FhirNode whole)
    {
        var embedded = obx[2].First.Is("ED"u8);
        if ((!embedded && !obx[2].First.Is("RP"u8)) || !obx[5].HasValue) return default;
        var mapping = obx.Mapping;
        var document = mapping.Resources.Begin("DocumentReference", category);
        var key = mapping.Resources.Key("DocumentReference");
        if (group is not null) group.AddTo(key);
        else if (whole.Exists) key.Add(whole.Utf8Of("id"));
        else if (mapping.Patient.Exists) key.Add(mapping.Patient.Utf8Of("id")).Add(obx[14]);
        else key.Add(mapping.ControlId);
        mapping.Resources.Own(document, key.Add(obx[3].First[1]).Add(obx[3].First[3]).AddAll(obx[4]));

        foreach (var value in obx[5])
        {
            if (!value.HasValue) continue;
            var attachment = document.Item("content").Object("attachment");
            if (embedded) Attachments.FromEd(attachment, value); // OBX-5 ED[Attachment]
            else Attachments.FromRp(attachment, value); // OBX-5 RP[Attachment]
        }

        // R4 DocumentReference.content is 1..*: what could not be read as an attachment is no document, and its leaves are carried.
        if (!document.Populated) return default;
        Status(document, obx[11]);
        document.SetConcept("type", obx[3]);
        mapping.ReferToSubject(document, "subject");
        document.SetInstant("date", obx[14].HasValue ? obx[14] : group is null ? default : group.Obr[22].First);
        if (mapping.Encounter.Populated) document.Object("context").ReferItem("encounter", mapping.Encounter);
        if (group is not null && group.Report.Exists) document.Object("context").ReferItem("related", group.Report);
        return document;
    }

    private static void Status(FhirNode document, Value status)
    {
        if (status.IsOneOf("D"u8, "W"u8)) document.Set("status", "entered-in-error", status.Leaf);
        else document.Constant("status", "current");
        var composition = status.Text switch { "F" or "U" or "V" => "final", "P" or "R" or "S" => "preliminary", "A" or "B" or "C" => "amended", "D" or "W" => "entered-in-error", _ => null };
        if (composition is not null) document.Set("docStatus", composition, status.Leaf);
    }
}
