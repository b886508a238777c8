using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace EHealthPlus.Tests.Security.Attacking;

/// <summary>A citizen with resources of as many types as the golden messages make, all put under the citizen's number.</summary>
internal sealed record RichRecord(string Person, string DocumentNumber, IReadOnlyList<(string Type, string Id)> Resources)
{
    /// <summary>Golden messages that merge patients, move them, or are about several or none: they would tell of another citizen.</summary>
    private static readonly string[] LeftOut = ["ADT-A2", "ADT-A3", "ADT-A4", "ADT-A5", "ADT-A17", "ADT-A28", "MFN", "MFK", "ACK", "QBP", "RSP", "ADR", "-utf8", "-gb18030", "-big5"];

    /// <param name="citizen">Enrolled, and shared with the demonstration clinic.</param>
    public static async Task<RichRecord> MakeAsync(AttackedHub attacked, int citizen)
    {
        var person = await attacked.EnrolAsync(citizen);
        await CitizenRecord.ShareAsync(attacked.Hub, citizen);
        var number = 0;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests/Golden/Expected"), "*.hl7").Order(StringComparer.Ordinal))
        {
            if (Array.Exists(LeftOut, part => Path.GetFileName(file).Contains(part, StringComparison.Ordinal))) continue;
            var segments = (await File.ReadAllTextAsync(file)).Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n', '\r')
                .Select(segment => segment.StartsWith("PID|", StringComparison.Ordinal) ? Messages.Pid(citizen) : segment).ToList();
            segments[0] = HeaderOf(segments[0], $"RICH{citizen}-{number++}");
            await attacked.SendAsync(string.Join('\r', segments));
        }

        return new(person, Messages.DocumentNumber(citizen), await ReadAsync(attacked, person));
    }

    private static string HeaderOf(string header, string controlId)
    {
        var fields = header.Split('|').ToList();
        while (fields.Count < 18) fields.Add("");
        (fields[2], fields[3], fields[9], fields[14], fields[15], fields[17]) = ("DEMO-HIS", "DEMO-HOSPITAL", controlId, "", "", "UNICODE UTF-8");
        return string.Join('|', fields);
    }

    /// <summary>All that the clinic's doctor finds: the truth that others are measured by.</summary>
    private static async Task<IReadOnlyList<(string Type, string Id)>> ReadAsync(AttackedHub attacked, string person)
    {
        using var clinician = attacked.Program(attacked.Hub.Token("clinician"));
        var statement = (await clinician.GetFromJsonAsync<JsonNode>("/fhir/metadata"))!;
        var found = new ConcurrentBag<(string, string)>();
        foreach (var type in statement["rest"]![0]!["resource"]!.AsArray())
        {
            var name = type!["type"]!.GetValue<string>();
            if (!type["searchParam"]!.AsArray().Any(parameter => parameter!["name"]!.GetValue<string>() == "patient") || name == "AuditEvent") continue;
            var answer = await Judged.AskAsync(clinician, "GET", $"/fhir/{name}?patient={person}&_count=200");
            if (answer.Status != 200) continue;
            foreach (var entry in JsonNode.Parse(answer.Body)!["entry"]?.AsArray() ?? []) found.Add((name, entry!["resource"]!["id"]!.GetValue<string>()));
        }

        return [.. found.Order()];
    }
}
