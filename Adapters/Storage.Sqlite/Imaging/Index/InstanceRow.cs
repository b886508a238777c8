using EHealthPlus.Adapters.Storage.Sqlite.Imaging.Matching;
using EHealthPlus.Adapters.Storage.Sqlite.Imaging.Objects;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Record;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Imaging.Matching;

namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Index;

/// <summary>An instance made ready on the caller's thread: the writer's thread packs and hashes nothing.</summary>
/// <param name="Name">Of the object: <see cref="ObjectName"/>.</param>
/// <param name="Content">Packed <see cref="InstanceContent"/>.</param>
/// <param name="InRow">The whole sealed object where it is small; null where it is a file.</param>
/// <param name="StudyHash">Tells whether patient or study say what they said before.</param>
internal sealed record InstanceRow(
    InstanceEntry Entry, byte[] Name, long Length, byte[] Content, byte[]? InRow, PatientKeys Patient, string StudyDate, long StudyHash, long SeriesHash)
{
    private const int RowBytes = 768;

    public InstanceSummary Summary => Entry.Summary;

    public InstanceKey Key => Entry.Summary.Key;

    /// <summary>About how much it writes.</summary>
    public int Bytes => Content.Length + (InRow?.Length ?? 0) + RowBytes;

    public static InstanceRow Of(InstanceEntry entry, byte[] hashKey, byte[] objectKey, byte[] sha256, long length, byte[]? inRow)
    {
        var summary = entry.Summary;
        var content = InstanceContent.Write(objectKey, sha256, entry.FileMeta, summary.InstanceJson.Span);
        return new(
            entry, ObjectName.Of(hashKey, summary.TransferSyntaxUid, sha256), length, Packed.Pack(content), inRow, PatientKeys.Of(summary.PatientJson.Span),
            MatchingDate.Plain(summary.StudyDate),
            unchecked((ContentHash.Of(hashKey, summary.PatientJson.Span) * 31) + ContentHash.Of(hashKey, summary.StudyJson.Span)),
            ContentHash.Of(hashKey, summary.SeriesJson.Span));
    }
}

/// <summary>By what a patient is searched: number and issuer as sent, names folded, one for each component group.</summary>
internal readonly record struct PatientKeys(string Id, string Issuer, string Name, string Ideographic, string Phonetic)
{
    public static PatientKeys Of(ReadOnlySpan<byte> patientJson)
    {
        var patient = DicomJson.Read(patientJson, [Keyword.PatientId, Keyword.IssuerOfPatientId, Keyword.PatientName]);
        var name = patient[2]?.Names is [var first, ..] ? first : new("", "", "");
        return new(patient[0]?.First?.Trim(' ') ?? "", patient[1]?.First?.Trim(' ') ?? "", FoldedText.Of(name.Alphabetic), FoldedText.Of(name.Ideographic), FoldedText.Of(name.Phonetic));
    }
}
