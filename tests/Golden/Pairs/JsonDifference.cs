using System.Text.Json;

namespace EHealthPlus.Tests.Golden.Pairs;

/// <summary>Says where two JSON documents differ, one line a place.</summary>
public static class JsonDifference
{
    /// <returns>Lines such as "Bundle.entry[2].resource(Encounter).status: expected "finished", was "planned"".</returns>
    public static IReadOnlyList<string> Between(string expected, string actual)
    {
        using var left = JsonDocument.Parse(expected);
        using var right = JsonDocument.Parse(actual);
        var lines = new List<string>();
        Compare("Bundle", left.RootElement, right.RootElement, lines);
        return lines;
    }

    private static void Compare(string path, JsonElement expected, JsonElement actual, List<string> lines)
    {
        if (expected.ValueKind != actual.ValueKind)
        {
            lines.Add($"{path}: expected {Short(expected)}, was {Short(actual)}");
            return;
        }

        switch (expected.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in expected.EnumerateObject())
                {
                    var below = $"{path}.{property.Name}";
                    if (property.Value.ValueKind == JsonValueKind.Object && property.Value.TryGetProperty("resourceType", out var type)) below += $"({type})";
                    if (actual.TryGetProperty(property.Name, out var other)) Compare(below, property.Value, other, lines);
                    else lines.Add($"{below}: missing, expected {Short(property.Value)}");
                }

                foreach (var property in actual.EnumerateObject())
                {
                    if (!expected.TryGetProperty(property.Name, out _)) lines.Add($"{path}.{property.Name}: not expected, was {Short(property.Value)}");
                }

                break;
            case JsonValueKind.Array:
                var count = Math.Max(expected.GetArrayLength(), actual.GetArrayLength());
                for (var i = 0; i < count; i++)
                {
                    if (i >= actual.GetArrayLength()) lines.Add($"{path}[{i}]: missing, expected {Short(expected[i])}");
                    else if (i >= expected.GetArrayLength()) lines.Add($"{path}[{i}]: not expected, was {Short(actual[i])}");
                    else Compare($"{path}[{i}]", expected[i], actual[i], lines);
                }

                break;
            default:
                // Raw text, so that 1.5 is not 1.50.
                if (expected.GetRawText() != actual.GetRawText()) lines.Add($"{path}: expected {Short(expected)}, was {Short(actual)}");
                break;
        }
    }

    private static string Short(JsonElement element)
    {
        var text = element.GetRawText().ReplaceLineEndings(" ");
        return text.Length <= 120 ? text : string.Concat(text.AsSpan(0, 117), "...");
    }
}
