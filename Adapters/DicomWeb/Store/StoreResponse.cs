using System.Text.Json;
using EHealthPlus.Adapters.DicomWeb.Exchange;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Http;

namespace EHealthPlus.Adapters.DicomWeb.Store;

/// <summary>The store instances response module (PS3.18-2024 annex I) in DICOM JSON, attributes by tag.</summary>
internal static class StoreResponse
{
    /// <summary>200 where all are kept, 202 where some are, 409 where none is; where none is for a passing reason, that reason's own (PS3.18-2024 table 10.5.3-1).</summary>
    public static int StatusOf(List<StoreOutcome> outcomes)
    {
        var refused = outcomes.Where(outcome => !outcome.Answer.Accepted).Select(outcome => RejectionTable.Of(outcome.Answer.Rejection!.Code)).ToList();
        if (refused.Count == 0) return StatusCodes.Status200OK;
        if (refused.Count < outcomes.Count) return StatusCodes.Status202Accepted;
        return refused.Find(meaning => meaning.Transient)?.HttpStatus ?? StatusCodes.Status409Conflict;
    }

    public static void Write(Utf8JsonWriter json, DicomWebRequest request, List<StoreOutcome> outcomes)
    {
        var kept = outcomes.Where(outcome => outcome.Answer.Accepted).Select(outcome => outcome.Answer.Value).ToList();
        var refused = outcomes.Where(outcome => !outcome.Answer.Accepted).ToLookup(outcome => outcome.Announced.SopInstanceUid is not null);
        json.WriteStartObject();
        var studies = kept.Select(receipt => receipt.Key.StudyInstanceUid).Distinct(StringComparer.Ordinal).ToList();
        if (studies is [var study]) Text(json, "00081190", "UR", $"{request.BaseUrl}/studies/{study}");
        Sequence(json, "00081198", [.. refused[true]], outcome => Refused(json, outcome));
        Sequence(json, "00081199", kept, receipt => Kept(json, request, receipt));
        Sequence(json, "0008119A", [.. refused[false]], outcome => Refused(json, outcome));
        json.WriteEndObject();
    }

    /// <summary>Beside the numbers of DICOM, which say little, the hub's own: each reason once, in a header, for the data set has no place for it.</summary>
    public static void Warn(DicomWebRequest request, List<StoreOutcome> outcomes)
    {
        foreach (var code in outcomes.Where(outcome => !outcome.Answer.Accepted).Select(outcome => outcome.Answer.Rejection!.Code).Distinct())
            request.Warn($"{(int)code} {code}: {RejectionTable.Of(code).English}");
    }

    private static void Kept(Utf8JsonWriter json, DicomWebRequest request, InstanceReceipt receipt)
    {
        Text(json, "00081150", "UI", receipt.SopClassUid);
        Text(json, "00081155", "UI", receipt.Key.SopInstanceUid);
        Text(json, "00081190", "UR", request.UrlOf(receipt.Key));
    }

    private static void Refused(Utf8JsonWriter json, StoreOutcome outcome)
    {
        var rejection = outcome.Answer.Rejection!;
        var meaning = RejectionTable.Of(rejection.Code);
        if (outcome.Announced.SopClassUid is { } sopClass) Text(json, "00081150", "UI", sopClass);
        if (outcome.Announced.SopInstanceUid is { } sopInstance) Text(json, "00081155", "UI", sopInstance);
        json.WriteStartObject("00081197");
        json.WriteString("vr", "US");
        json.WriteStartArray("Value");
        json.WriteNumberValue(meaning.DicomStatus);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Sequence<T>(Utf8JsonWriter json, string tag, List<T> items, Action<T> write)
    {
        if (items.Count == 0) return;
        json.WriteStartObject(tag);
        json.WriteString("vr", "SQ");
        json.WriteStartArray("Value");
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter json, string tag, string vr, string value)
    {
        json.WriteStartObject(tag);
        json.WriteString("vr", vr);
        json.WriteStartArray("Value");
        json.WriteStringValue(value);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
