using System.Buffers.Text;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>ED[Attachment], ED[DocumentReference] and RP[Attachment]: encapsulated data, and pointers to data elsewhere (HL7 v2.8.2 2A.24 and 2A.64).</summary>
public static class Attachments
{
    // HL7 tables 0191 and 0291 to media types; what says type and subtype by itself is put together.
    private static readonly Dictionary<string, string> ByKind = new(StringComparer.OrdinalIgnoreCase)
    {
        ["PDF"] = "application/pdf", ["Octet-stream"] = "application/octet-stream", ["PostScript"] = "application/postscript", ["RTF"] = "application/rtf",
        ["HTML"] = "text/html", ["XML"] = "application/xml", ["x-hl7-cda-level-one"] = "application/xml", ["plain"] = "text/plain", ["DICOM"] = "application/dicom",
        ["JPEG"] = "image/jpeg", ["JPG"] = "image/jpeg", ["PNG"] = "image/png", ["GIF"] = "image/gif", ["TIFF"] = "image/tiff", ["PICT"] = "image/x-pict",
        ["BASIC"] = "audio/basic", ["FAX"] = "image/g3fax", ["MPEG"] = "video/mpeg",
    };

    private static readonly HashSet<string> TopLevelTypes = new(StringComparer.OrdinalIgnoreCase) { "application", "audio", "image", "model", "multipart", "text", "video" };

    /// <summary>ED[Attachment].</summary>
    public static void FromEd(FhirNode attachment, Value ed)
    {
        ContentType(attachment, ed[2], ed[3]); // ED.2 ED.3
        if (ed[2].Leaf >= 0 && ed[3].Leaf < 0) // ED.2 IF ED.3 NOT VALUED
            attachment.Extension("http://hl7.org/fhir/StructureDefinition/alternate-codes").Object("valueCodeableConcept").Item("coding").Constant("system", "http://terminology.hl7.org/CodeSystem/v2-0191").SetCode("code", ed[2]);
        Data(attachment, ed[4], ed[5]); // ED.5
    }

    /// <summary>RP[Attachment].</summary>
    public static void FromRp(FhirNode attachment, Value rp)
    {
        ContentType(attachment, rp[3], rp[4]); // RP.3"/"RP.4
        if (attachment.SetUri("url", rp[1]) || rp[1].Leaf < 0) return; // RP.1
        // A pointer that only the source's system can follow: its name is of use to people still.
        attachment.SetText("title", rp[1]);
    }

    private static void ContentType(FhirNode attachment, Value type, Value subtype)
    {
        if (subtype.Leaf < 0) return;
        var kind = subtype.Text.Trim();
        string? media = null;
        if (ByKind.TryGetValue(kind, out var known)) media = known;
        else if (TopLevelTypes.Contains(type.Text)) media = $"{type.Text}/{kind}".ToLowerInvariant();
        else if (kind.Contains('/', StringComparison.Ordinal)) media = kind;
        if (media is null || media.Contains(' ', StringComparison.Ordinal))
        {
            subtype.Note(CarryReason.NoTableRow);
            return;
        }

        attachment.Set("contentType", attachment.Arena.Write(media.AsSpan()), subtype.Leaf).AlsoFrom("contentType", type.Leaf);
    }

    private static void Data(FhirNode attachment, Value encoding, Value data)
    {
        var leaf = data.Leaf;
        if (leaf < 0) return;
        var utf8 = data.Utf8;
        var arena = attachment.Arena;
        FhirText text;
        if (encoding.Is("Hex"u8) || encoding.Is("HEX"u8))
        {
            if (!TryHex(utf8, out var bytes))
            {
                data.Note(CarryReason.NotBase64);
                return;
            }

            text = Base64(arena, bytes);
        }
        else if (encoding.Is("A"u8) || encoding.Leaf < 0)
        {
            text = Base64(arena, utf8);
        }
        else if (Base64Utf8(utf8))
        {
            text = arena.Write(utf8);
        }
        else
        {
            data.Note(CarryReason.NotBase64);
            return;
        }

        attachment.Set("data", text, leaf).AlsoFrom("data", encoding.Leaf);
    }

    private static bool Base64Utf8(ReadOnlySpan<byte> text) => System.Buffers.Text.Base64.IsValid(text);

    private static bool TryHex(ReadOnlySpan<byte> text, out byte[] bytes)
    {
        bytes = [];
        if (text.Length % 2 != 0) return false;
        bytes = new byte[text.Length / 2];
        return Convert.FromHexString(text, bytes, out _, out _) == System.Buffers.OperationStatus.Done;
    }

    private static FhirText Base64(FhirArena arena, ReadOnlySpan<byte> bytes)
    {
        var room = arena.Reserve(System.Buffers.Text.Base64.GetMaxEncodedToUtf8Length(bytes.Length));
        System.Buffers.Text.Base64.EncodeToUtf8(bytes, room, out _, out var written);
        return arena.Commit(written);
    }
}
