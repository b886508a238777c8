using System.Text;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Transformers.Hl7v2.Er7;
using EHealthPlus.Transformers.Hl7v2ToFhir;

namespace EHealthPlus.Tests.Fuzz;

/// <summary>What must hold of the ledger of any message (invariant 5).</summary>
internal sealed class LedgerCheck
{
    private static readonly TranslationContext Context = new(new Source("fuzz", "fuzz", "fuzz", "", "", "UNICODE UTF-8", "+08:00"), null, null, DateTimeOffset.UnixEpoch);

    private readonly Hl7v2Translator translator = new();

    /// <summary>Null where the message is refused.</summary>
    public Translation? Translate(byte[] message) => translator.Translate(message, Context) is { Accepted: true, Value: var translation } ? translation : null;

    public static Leaf[] Leaves(byte[] message)
    {
        Leaf[] leaves = [];
        var count = Er7Message.Read(message, "UNICODE UTF-8").Value.ReadLeaves(ref leaves);
        return leaves[..count];
    }

    /// <summary>Faults in what the ledger says; empty where it holds.</summary>
    public static List<string> Faults(byte[] message, Translation translation)
    {
        var rows = translation.Ledger.Rows().ToList();
        var bundle = FlatBundle.Of(translation.Bundle);
        var faults = new List<string>();
        var leaves = Leaves(message).Length;
        var ledger = translation.Ledger;
        if (rows.Count != leaves) faults.Add($"{rows.Count} rows for {leaves} leaves");
        if (ledger.Mapped + ledger.Carried + ledger.Dropped != leaves) faults.Add($"{ledger.Mapped} + {ledger.Carried} + {ledger.Dropped} is not {leaves}");
        foreach (var row in rows)
        {
            if (row.Disposition != LedgerDisposition.Mapped)
            {
                if (string.IsNullOrEmpty(row.Rule)) faults.Add($"{row.Location} is {row.Disposition} without a reason");
                if (row.Path.Count > 0) faults.Add($"{row.Location} is {row.Disposition} and has a path");
                continue;
            }

            if (row.Path.Count == 0) faults.Add($"{row.Location} is mapped to nowhere");
            foreach (var path in row.Path)
            {
                if (!bundle.ContainsKey(path)) faults.Add($"{row.Location} is mapped to {path}, which is not in the bundle");
            }
        }

        return faults;
    }

    /// <summary>True where the text of the row, or its digits for a date or a number, stands at one of its paths.</summary>
    public static bool IsFound(LedgerRow row, Dictionary<string, string> bundle) => row.Path.Any(path => bundle.TryGetValue(path, out var there) && Contains(there, row.Value));

    private static bool Contains(string there, string text)
    {
        if (there.Contains(text.Trim(), StringComparison.OrdinalIgnoreCase)) return true;
        var digits = Digits(text);
        return digits.Length >= 4 && Digits(there).StartsWith(digits[..Math.Min(digits.Length, 14)], StringComparison.Ordinal);
    }

    private static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit));

    /// <summary>The message with one leaf in other words.</summary>
    public static byte[] With(byte[] message, Leaf leaf, string text) => [.. message.AsSpan(0, leaf.Offset), .. Encoding.UTF8.GetBytes(text), .. message.AsSpan(leaf.Offset + leaf.Length)];
}
