using System.Text;
using EHealthPlus.Endpoints.Cli.Benchmarks;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Hl7v2.Er7;

namespace EHealthPlus.Tests.Fuzz;

/// <summary>
/// Nothing is lost in translation: properties of the ledger over the corpus, the golden messages, and both spoiled. Seeded; a failure
/// names its message and leaf.
/// </summary>
public class LedgerIsCompleteTests
{
    private const int LeavesOfEach = 60;
    private const int Spoiled = 4_000;

    private readonly LedgerCheck check = new();

    [Fact]
    public void Each_leaf_has_one_row_and_each_mapped_row_a_place_in_the_bundle()
    {
        var faults = new List<string>();
        foreach (var message in FuzzCorpus.Messages)
        {
            if (check.Translate(message) is { } translation) faults.AddRange(LedgerCheck.Faults(message, translation).Select(fault => $"{Header(message)}: {fault}"));
        }

        Assert.True(faults.Count == 0, $"{faults.Count} faults:\n{string.Join('\n', faults.Take(40))}");
    }

    [Fact]
    public void The_ledger_of_a_spoiled_message_holds_too()
    {
        var translated = 0;
        for (var seed = 1; seed <= Spoiled; seed++)
        {
            var message = new Mutation(new Random(seed), FuzzCorpus.Messages).Next();
            if (message.Length > 20_000 || check.Translate(message) is not { } translation) continue;
            translated++;
            var faults = LedgerCheck.Faults(message, translation);
            Assert.True(faults.Count == 0, $"Seed {seed}, message {Convert.ToBase64String(message)}:\n{string.Join('\n', faults.Take(10))}");
        }

        Assert.True(translated > Spoiled / 10, $"only {translated} of {Spoiled} were translated");
    }

    /// <summary>Also: a leaf that counts as mapped has its text at its path, or its path changes with it.</summary>
    [Fact]
    public void A_leaf_that_changes_is_seen_to_change()
    {
        var random = new Random(20261121);
        var faults = new List<string>();
        foreach (var message in FuzzCorpus.Messages)
        {
            if (check.Translate(message) is not { } before) continue;
            var leaves = LedgerCheck.Leaves(message);
            if (!Er7Message.Read(message, "UNICODE UTF-8").Value.Content.Span.SequenceEqual(message)) continue;
            var rows = before.Ledger.Rows().ToList();
            var bundle = FlatBundle.Of(before.Bundle);
            // The first three say how to read the rest.
            foreach (var number in Enumerable.Range(2, leaves.Length - 2).OrderBy(_ => random.Next()).Take(LeavesOfEach))
                faults.AddRange(Changes(message, leaves[number], rows, number, bundle, before).Select(fault => $"{Header(message)}: {fault}"));
        }

        Assert.True(faults.Count == 0, $"{faults.Count} faults:\n{string.Join('\n', faults.Take(60))}");
    }

    private IEnumerable<string> Changes(byte[] message, Leaf leaf, List<LedgerRow> rows, int number, Dictionary<string, string> bundle, Translation before)
    {
        var row = rows[number];
        var known = Text(before);
        var moved = row.Disposition != LedgerDisposition.Mapped || LedgerCheck.IsFound(row, bundle);
        foreach (var text in Others(row.Value))
        {
            if (check.Translate(LedgerCheck.With(message, leaf, text)) is not { } after)
            {
                moved = true;
                continue;
            }

            if (Text(after) == known) yield return $"{row.Location} can become '{text}' unseen";
            moved = moved || Moved(row, bundle, after);
        }

        if (!moved && !MovesAlone(message, leaf, rows, number))
            yield return $"{row.Location} '{row.Value}' counts as mapped to {string.Join(", ", row.Path)} = {string.Join(", ", row.Path.Select(path => bundle[path]))}, which does not change with it";
    }

    private static bool Moved(LedgerRow row, Dictionary<string, string> bundle, Translation after)
    {
        var there = FlatBundle.Of(after.Bundle);
        return row.Path.Any(path => bundle[path] != there.GetValueOrDefault(path));
    }

    /// <summary>
    /// Death by its date and by Y, e-mail by NET and by Internet: said twice, neither alone moves what both say. So without the others that
    /// say it, a leaf that is still mapped must move what it is mapped to.
    /// </summary>
    private bool MovesAlone(byte[] message, Leaf leaf, List<LedgerRow> rows, int number)
    {
        var others = Enumerable.Range(2, rows.Count - 2).Where(other => other != number && rows[other].Path.Any(rows[number].Path.Contains)).ToList();
        if (others.Count == 0) return false;
        var leaves = LedgerCheck.Leaves(message);
        var (at, alone) = (leaf, message);
        foreach (var other in others.OrderDescending())
        {
            alone = LedgerCheck.With(alone, leaves[other], "");
            if (leaves[other].Offset < leaf.Offset) at = at with { Offset = at.Offset - leaves[other].Length };
        }

        if (check.Translate(alone) is not { } without) return true;
        var row = without.Ledger.Rows().FirstOrDefault(row => row.Location == rows[number].Location);
        // It says something together with them only: a unit without its number, the kind of an authority without its name.
        if (row is not { Disposition: LedgerDisposition.Mapped }) return true;
        var bundle = FlatBundle.Of(without.Bundle);
        return LedgerCheck.IsFound(row, bundle) || Others(row.Value).Any(text => check.Translate(LedgerCheck.With(alone, at, text)) is not { } after || Moved(row, bundle, after));
    }

    /// <summary>Nothing, another text, and another value of what the text may be: a date, a number, a yes or no, a code.</summary>
    private static IEnumerable<string> Others(string text)
    {
        yield return "";
        yield return text + "7";
        if (text.Length >= 8 && text.All(char.IsAsciiDigit)) yield return "19991231";
        if (text is "Y") yield return "N";
        if (text is "N") yield return "Y";
        // PH and CP are both a phone.
        if (text.Length <= 2 && text != "FX") yield return "FX";
    }

    private static string Text(Translation translation)
    {
        var text = new StringBuilder(Encoding.UTF8.GetString(translation.Bundle.Span));
        foreach (var row in translation.Ledger.Rows()) text.Append(row.Location.ToString()).Append(row.Value).Append(row.Disposition).AppendJoin(';', row.Path).Append(row.Rule).Append('\n');
        return text.ToString();
    }

    private static string Header(byte[] message)
    {
        var fields = Encoding.Latin1.GetString(message).Split('\r')[0].Split('|');
        return $"{fields.ElementAtOrDefault(8)} {fields.ElementAtOrDefault(9)}";
    }
}
