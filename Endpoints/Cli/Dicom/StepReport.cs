using System.Globalization;
using System.Text.Json;
using EHealthPlus.Adapters.Dimse.User;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Dicom.Json;

namespace EHealthPlus.Endpoints.Cli.Dicom;

/// <summary>The attributes of a performed procedure step, as a modality says them (PS3.4-2024 table F.7.2-1). What it must name and does not know is empty.</summary>
internal static class StepReport
{
    public static Result<ReadOnlyMemory<byte>> Begin(
        string study, string? scheduledStep, string? accession, string? patient, string modality, string station, DateTimeOffset now) => Write(new()
        {
            ["00080060"] = Text("CS", modality), ["00081032"] = Items(), ["00081120"] = Items(), ["00100010"] = Text("PN", null), ["00100020"] = Text("LO", patient), ["00100030"] = Text("DA", null),
            ["00100040"] = Text("CS", null), ["00200010"] = Text("SH", null), ["00400241"] = Text("AE", station), ["00400242"] = Text("SH", null), ["00400243"] = Text("SH", null),
            ["00400244"] = Text("DA", Date(now)), ["00400245"] = Text("TM", Time(now)), ["00400250"] = Text("DA", null), ["00400251"] = Text("TM", null), ["00400252"] = Text("CS", "IN PROGRESS"),
            ["00400253"] = Text("SH", now.ToString("'P'yyMMddHHmmss", CultureInfo.InvariantCulture)), ["00400254"] = Text("LO", null), ["00400255"] = Text("LO", null), ["00400260"] = Items(),
            ["00400270"] = Items(new Dictionary<string, object>
            {
                ["00080050"] = Text("SH", accession), ["00081110"] = Items(), ["0020000D"] = Text("UI", study), ["00321060"] = Text("LO", null), ["00400007"] = Text("LO", null),
                ["00400008"] = Items(), ["00400009"] = Text("SH", scheduledStep), ["00401001"] = Text("SH", null),
            }),
            ["00400340"] = Items(),
        });

    /// <param name="status">COMPLETED or DISCONTINUED.</param>
    public static Result<ReadOnlyMemory<byte>> End(string status, IReadOnlyList<PerformedSeries> series, DateTimeOffset now) => Write(new()
    {
        ["00400250"] = Text("DA", Date(now)), ["00400251"] = Text("TM", Time(now)), ["00400252"] = Text("CS", status), ["00400340"] = Items([.. series.Select(Series)]),
    });

    // Protocol Name is of type 1, and no file says it for sure: the modality is what is known.
    private static Dictionary<string, object> Series(PerformedSeries series) => new()
    {
        ["00080054"] = Text("AE", null), ["0008103E"] = Text("LO", null), ["00081050"] = Text("PN", null), ["00081070"] = Text("PN", null),
        ["00081140"] = Items([.. series.Instances.Where(instance => instance.IsImage).Select(Reference)]), ["00181030"] = Text("LO", series.Modality.Length > 0 ? series.Modality : "OT"),
        ["0020000E"] = Text("UI", series.SeriesInstanceUid), ["00400220"] = Items([.. series.Instances.Where(instance => !instance.IsImage).Select(Reference)]),
    };

    private static Dictionary<string, object> Reference((string SopClassUid, string SopInstanceUid, bool IsImage) instance) => new()
    {
        ["00081150"] = Text("UI", instance.SopClassUid), ["00081155"] = Text("UI", instance.SopInstanceUid),
    };

    private static string Date(DateTimeOffset at) => at.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset at) => at.ToString("HHmmss", CultureInfo.InvariantCulture);

    private static object Text(string vr, string? value) => string.IsNullOrEmpty(value) ? new { vr } : new { vr, Value = new[] { value } };

    private static object Items(params Dictionary<string, object>[] items) => items.Length == 0 ? new { vr = "SQ" } : new { vr = "SQ", Value = items };

    private static Result<ReadOnlyMemory<byte>> Write(Dictionary<string, object> attributes) =>
        new IdentifierCodec().Write(JsonSerializer.SerializeToUtf8Bytes(attributes), PerformedStepUser.AttributeSyntax, null);
}
