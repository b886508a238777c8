using System.Buffers;
using System.Buffers.Text;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Documents;

/// <summary>
/// OBX[DocumentReference] and NTE[DocumentReference]: the content of a document. Lines of text that follow each other, in one OBX or in
/// several, are one attachment, a line each; embedded data and pointers are one each. Any other value is an observation beside it.
/// </summary>
internal sealed class ObxContent(Mapping mapping, FhirNode document, SharingCategory category)
{
    private readonly List<FieldValue> lines = [];
    private SegmentValue first;

    public void Take(SegmentValue obx)
    {
        obx[1].Drop(DropRule.SetId);
        var type = obx[2].First.Text;
        if (type is "TX" or "FT" or "ST" or "")
        {
            obx[2].Drop(DropRule.ValueType);
            if (lines.Count == 0) first = obx;
            else if (obx[3].First[1].Is(first[3].First[1].Utf8)) obx[3].Drop(DropRule.SameAsOther);
            lines.Add(obx[5]);
            return;
        }

        EndText();
        if (type is not ("ED" or "RP"))
        {
            document.Object("context").ReferItem("related", ObxObservation.Map(obx, category));
            return;
        }

        obx[2].Drop(DropRule.ValueType);
        foreach (var value in obx[5])
        {
            if (!value.HasValue) continue;
            var attachment = Attachment(obx);
            if (type == "ED") Attachments.FromEd(attachment, value); // OBX-5 ED[Attachment]
            else Attachments.FromRp(attachment, value); // OBX-5 IF OBX-2="RP"
        }
    }

    public void Note(SegmentValue nte)
    {
        nte[1].Drop(DropRule.SetId);
        EndText();
        if (nte[3].HasValue) Text(document.Item("content").Object("attachment"), [nte[3]]); // NTE-3 content[1].attachment.data
    }

    /// <summary>R4 DocumentReference.content is 1..*: a notification without content says so, and the record keeps what it has.</summary>
    public void Complete()
    {
        EndText();
        foreach (var content in document.Items("content"))
        {
            if (content.Populated) return;
        }

        AbsentData.Set(document.Item("content").Object("attachment"));
    }

    private void EndText()
    {
        if (lines.Count > 0 && lines.Exists(line => line.HasValue)) // OBX-5 IF OBX-2="TX"
        {
            var attachment = Attachment(first);
            Text(attachment, lines);
        }

        lines.Clear();
    }

    private FhirNode Attachment(SegmentValue obx)
    {
        var attachment = document.Item("content").Object("attachment");
        attachment.SetText("title", obx[3].First[2]);
        attachment.SetDateTime("creation", obx[14]);
        return attachment;
    }

    // A field without value is an empty line. Delimiters inside a line are a sender's unescaped characters, as in Texts.SetLines.
    private void Text(FhirNode attachment, List<FieldValue> fields)
    {
        var text = new ArrayBufferWriter<byte>();
        var leaves = mapping.Leaves;
        foreach (var field in fields)
        {
            if (text.WrittenCount > 0) text.Write("\n"u8);
            var all = field.All;
            for (var leaf = all.From; leaf < all.Until; leaf++)
            {
                text.Write(leaves.Utf8(leaf));
                if (leaf + 1 < all.Until) text.Write(leaves[leaf].Repetition == leaves[leaf + 1].Repetition ? leaves.Between(leaf) : "\n"u8);
            }
        }

        var room = mapping.Arena.Reserve(Base64.GetMaxEncodedToUtf8Length(text.WrittenCount));
        Base64.EncodeToUtf8(text.WrittenSpan, room, out _, out var written);
        attachment.Constant("contentType", "text/plain; charset=utf-8");
        attachment.Set("data", mapping.Arena.Commit(written));
        foreach (var field in fields) attachment.AlsoFromAll("data", field.All);
    }
}
