using System.Security.Cryptography;
using System.Text;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;
using static EHealthPlus.Tests.Compliance.Synthetic;

namespace EHealthPlus.Tests.Compliance;

/// <summary>One instance of a synthetic patient, as a scanner would have read it. Its bytes follow from its UID, its length and its content number.</summary>
public sealed record SyntheticInstance(string SopInstanceUid)
{
    public const string CtImageStorage = "1.2.840.10008.5.1.4.1.1.2";
    public const string ExplicitLittleEndian = "1.2.840.10008.1.2.1";

    public string StudyInstanceUid { get; init; } = "2.25.1";

    public string SeriesInstanceUid { get; init; } = "2.25.1.1";

    public int Length { get; init; } = 5_000;

    /// <summary>Another number, other bytes.</summary>
    public int Content { get; init; } = 1;

    public string PatientId { get; init; } = "T0001";

    public string PatientName { get; init; } = "SYNTHETIC^ONE";

    public string? PatientNameIdeographic { get; init; } = "測試^病人";

    public string? PatientNamePhonetic { get; init; }

    public string PatientBirthDate { get; init; } = "19700131";

    public string AccessionNumber { get; init; } = "ACC1";

    public string StudyDate { get; init; } = "20261101";

    public string StudyTime { get; init; } = "101530";

    public string StudyDescription { get; init; } = "CT BRAIN";

    public string Modality { get; init; } = "CT";

    /// <summary>Items of the Request Attributes Sequence, each with its Scheduled Procedure Step ID and Requested Procedure ID.</summary>
    public (string StepId, string ProcedureId)[] Requests { get; init; } = [];

    public int? SeriesNumber { get; init; } = 1;

    public int? InstanceNumber { get; init; } = 1;

    public string SourceId { get; init; } = "synthetic-pacs";

    public string ProviderId { get; init; } = "synthetic-centre";

    public string Address { get; init; } = "192.0.2.10";

    public DateTimeOffset ReceivedAt { get; init; } = Noon;

    public byte[]? FileMeta { get; init; }

    public bool AnswersAtOnce { get; init; }

    public byte[] Bytes()
    {
        var bytes = new byte[Length];
        new Random((Length * 31) + Content ^ BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(SopInstanceUid)))).NextBytes(bytes);
        return bytes;
    }

    public string Sha256() => Convert.ToHexStringLower(SHA256.HashData(Bytes()));

    public InstanceEntry Entry() => new(
        Summary(), SourceId, ProviderId, ReceivedAt, FileMeta is null ? default(ReadOnlyMemory<byte>?) : FileMeta,
        new(ReceivedAt, $"source:{SourceId}", "source", AuditAction.Deposit, null, $"study/{StudyInstanceUid}", true, "kept", Origin: new(Address, SourceId), ProviderId: ProviderId)) { AnswersAtOnce = AnswersAtOnce };

    public InstanceSummary Summary() => new(
        new(StudyInstanceUid, SeriesInstanceUid, SopInstanceUid), CtImageStorage, ExplicitLittleEndian,
        new([new(PatientId, "", "", new("0010,0020", 1, 1))], [new("SYNTHETIC", "ONE", "A")], PatientBirthDate, "F", []),
        AccessionNumber, StudyDate, StudyTime, Modality, SeriesNumber, InstanceNumber, 1, false,
        Json(Name(), Attribute("00100020", "LO", PatientId), Attribute("00100030", "DA", PatientBirthDate)),
        Json(
            Attribute("00080020", "DA", StudyDate), Attribute("00080030", "TM", StudyTime), Attribute("00080050", "SH", AccessionNumber),
            Attribute("00081030", "LO", StudyDescription), Attribute("0020000D", "UI", StudyInstanceUid)),
        Json(Attribute("00080060", "CS", Modality), Attribute("0020000E", "UI", SeriesInstanceUid), $"\"00200011\":{{\"vr\":\"IS\",\"Value\":[{SeriesNumber}]}}", RequestAttributes()),
        Json(Attribute("00080016", "UI", CtImageStorage), Attribute("00080018", "UI", SopInstanceUid), $"\"00200013\":{{\"vr\":\"IS\",\"Value\":[{InstanceNumber}]}}"));

    /// <summary>Writes it in parts, and keeps it.</summary>
    public async Task<Result<InstanceReceipt>> KeepAsync(IInstanceStore store, int part = 16_000)
    {
        var begun = await store.BeginAsync(default);
        if (!begun.Accepted) return begun.Rejection;
        await using var one = begun.Value;
        var bytes = Bytes();
        for (var at = 0; at < bytes.Length; at += part)
            if (await one.WriteAsync(bytes.AsMemory(at, Math.Min(part, bytes.Length - at)), default) is { } rejection) return rejection;
        return await one.KeepAsync(Entry(), default);
    }

    public static async Task<byte[]?> ReadAsync(IInstanceStore store, KeptInstance kept)
    {
        await using var stream = await store.OpenAsync(kept, default);
        if (stream is null) return null;
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    private string Name() => PatientName.Length == 0
        ? Attribute("00100010", "PN", "")
        : $"\"00100010\":{{\"vr\":\"PN\",\"Value\":[{{\"Alphabetic\":\"{PatientName}\"{Group("Ideographic", PatientNameIdeographic)}{Group("Phonetic", PatientNamePhonetic)}}}]}}";

    private string RequestAttributes() =>
        $"\"00400275\":{{\"vr\":\"SQ\",\"Value\":[{string.Join(',', Requests.Select(request => $"{{{Attribute("00400009", "SH", request.StepId)},{Attribute("00401001", "SH", request.ProcedureId)}}}"))}]}}";

    private static string Group(string name, string? value) => value is null ? "" : $",\"{name}\":\"{value}\"";

    private static string Attribute(string tag, string vr, string value) =>
        value.Length == 0 ? $"\"{tag}\":{{\"vr\":\"{vr}\"}}" : $"\"{tag}\":{{\"vr\":\"{vr}\",\"Value\":[\"{value}\"]}}";

    private static byte[] Json(params string[] attributes) => Encoding.UTF8.GetBytes("{" + string.Join(",", attributes) + "}");
}
