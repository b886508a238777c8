using System.Globalization;
using System.Text;
using EHealthPlus.Routing.Contracts.Terminology;

namespace EHealthPlus.Monitoring.Console.Terminology;

/// <summary>
/// The list of unmapped codes in the form of a local map: fill in target_system and target_code, and load it. Rows that are left empty
/// are passed over.
/// </summary>
internal static class UnmappedCsv
{
    // Results come late and from before: who knows since when the code has its meaning writes that day in.
    private const string Always = "1900-01-01";

    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    /// <returns>UTF-8 with a byte order mark, which spreadsheet programs need to see that it is UTF-8.</returns>
    public static byte[] Write(IEnumerable<UnmappedCodeCount> counts)
    {
        var text = new StringBuilder("source,field,code,system,target_system,target_code,target_display,from,until,comment\r\n");
        foreach (var count in counts)
        {
            if (count.Code.Code.Length == 0) continue;
            var seen = string.Create(CultureInfo.InvariantCulture, $"seen {count.Count} times, {count.FirstSeen:yyyy-MM-dd} to {count.LastSeen:yyyy-MM-dd}, deposit {count.Example}");
            text.AppendJoin(',', Cell(count.SourceId), Cell(count.Code.Field), Cell(count.Code.Code), Cell(count.Code.System), "", "", "", Always, "", Cell(seen)).Append("\r\n");
        }

        return [.. ByteOrderMark, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    private static string Cell(string text)
    {
        // Codes come from messages. A spreadsheet program runs a cell that begins so as a formula; after an apostrophe it is text, and
        // the reader of local maps takes that apostrophe away again.
        if (text.TrimStart('\'') is ['=' or '+' or '-' or '@' or '\t' or '\r', ..]) text = "'" + text;
        return text.AsSpan().ContainsAny("\",\r\n ") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
