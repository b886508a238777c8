using System.Globalization;
using System.Text.Json.Nodes;

namespace EHealthPlus.Endpoints.Cli.Output;

/// <summary>One deposit as lines for people. The hub leaves message and answer out for those who may not see patient data.</summary>
internal static class DepositText
{
    /// <param name="answer">Of GET /api/deposits/NUMBER.</param>
    /// <returns>Without control characters: a sender's control id or note would otherwise command the terminal.</returns>
    public static IEnumerable<string> Lines(JsonNode answer) => Plain(answer).Select(ControlPictures.Of);

    private static IEnumerable<string> Plain(JsonNode answer)
    {
        var deposit = answer["deposit"]!;
        yield return $"Deposit {deposit["id"]}: {deposit["messageType"]} {deposit["controlId"]} from {deposit["source"]?.ToString() ?? "an unknown source"}, {deposit["state"]}";
        if (deposit["rejection"] is not null) yield return $"  because     {answer["rejectionText"] ?? $"{deposit["rejection"]} {deposit["reason"]}"}";
        yield return $"  received    {Moment(deposit["receivedAt"])} from {answer["peer"]}, {deposit["size"]} bytes in {answer["characterSet"]}";
        if (deposit["repeats"]?.GetValue<int>() is > 0 and var repeats) yield return $"  repeated    {repeats} times";
        if (answer["repaired"]?.GetValue<bool>() is true) yield return "  repaired    by an operator";
        if (answer["attempts"] is { } attempts) yield return $"  attempts    {attempts}{(answer["dueAt"] is { } due ? $", the next at {Moment(due)}" : "")}";
        if (deposit["ledger"] is { } ledger) yield return $"  ledger      {ledger["mapped"]} fields mapped, {ledger["carried"]} carried, {ledger["dropped"]} dropped";
        yield return $"  SHA-256     {answer["sha256"]}";
        foreach (var step in answer["timeline"]?.AsArray() ?? []) yield return $"  {Moment(step!["at"])}  {step["state"]} {step["note"]}".TrimEnd();
        if (answer["contents"] is not { } contents) yield break;
        foreach (var (title, text) in new[] { ("Message", contents["message"]), ("Message as repaired", contents["repairedMessage"]), ("Answer", contents["acknowledgement"]) })
        {
            if (text is null) continue;
            yield return "";
            yield return title;
            foreach (var segment in text.GetValue<string>().Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries)) yield return $"  {segment}";
        }

        if (contents["notTranslated"] is not { } why) yield break;
        yield return "";
        yield return $"Not translated: {why}";
    }

    private static string Moment(JsonNode? at) =>
        at is null ? "" : at.GetValue<DateTimeOffset>().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
