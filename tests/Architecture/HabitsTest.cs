using System.Text.RegularExpressions;

namespace EHealthPlus.Tests.Architecture;

/// <summary>Habits of the code that no analyzer of the build holds.</summary>
public partial class HabitsTest
{
    private static IEnumerable<string> Product => Solution.Sources.Where(file => !file.StartsWith("tests/", StringComparison.Ordinal));

    [Fact]
    public void No_file_written_by_hand_is_longer_than_600_lines() =>
        Assert.DoesNotContain(Solution.Sources, file => File.ReadLines(Path.Combine(Solution.Root, file)).Count() > 600);

    [Fact]
    public void No_folder_or_file_is_a_catch_all() =>
        Assert.DoesNotContain(Solution.Sources, file => CatchAll().IsMatch(file));

    [Fact]
    public void The_namespace_follows_the_folder()
    {
        var strangers = Product
            .Select(file => (file, declared: NamespaceOf(file)))
            .Where(found => found.declared is not null && !("EHealthPlus." + Path.GetDirectoryName(found.file)!.Replace('/', '.')).StartsWith(found.declared, StringComparison.Ordinal))
            .Select(found => $"{found.file} declares {found.declared}");

        Assert.Empty(strangers);
    }

    [Fact]
    public void No_catch_block_swallows_everything_in_silence()
    {
        var silent = Product.Where(file => SilentCatch().IsMatch(File.ReadAllText(Path.Combine(Solution.Root, file))));

        Assert.Empty(silent);
    }

    [Fact]
    public void Every_test_project_is_run_by_the_test_script()
    {
        var script = File.ReadAllText(Path.Combine(Solution.Root, "test"));

        Assert.Contains("git ls-files 'tests/*.csproj'", script, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_renamed_only_so_that_its_name_lasts()
    {
        // The demonstration drops its file as a sender would; objects of images get their names one by one, and ObjectFlush, or
        // the end of a backup, flushes the folders of many at once.
        string[] allowed = ["Routing/Contracts/Files/LastingName.cs", "Endpoints/Cli/Demonstration/DroppedBatch.cs", "Adapters/Storage.Sqlite/Imaging/Objects/ObjectFolder.cs", "Adapters/Storage.Sqlite/Backups/ObjectCopying.cs"];

        Assert.Equal(allowed.Order(StringComparer.Ordinal), Product.Where(file => File.ReadAllText(Path.Combine(Solution.Root, file)).Contains("File.Move(", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_two_log_messages_have_one_event_id()
    {
        // Alerts go by it.
        var ids = Product.SelectMany(file => EventId().Matches(File.ReadAllText(Path.Combine(Solution.Root, file))).Select(found => (Id: found.Groups[1].Value, File: file))).ToList();

        Assert.InRange(ids.Count, 50, int.MaxValue);
        Assert.Empty(ids.GroupBy(each => each.Id, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same => $"{same.Key}: {string.Join(", ", same.Select(each => each.File))}"));
    }

    [Fact]
    public void No_log_message_takes_a_fault_whole()
    {
        // Its message may repeat a patient's data: LoggedFault says what may be logged (docs/decisions/0055).
        Assert.DoesNotContain(Product, file => LoggedWhole().IsMatch(File.ReadAllText(Path.Combine(Solution.Root, file))));
    }

    private static string? NamespaceOf(string file)
    {
        var match = Namespace().Match(File.ReadAllText(Path.Combine(Solution.Root, file)));
        return match.Success ? match.Groups[1].Value : null;
    }

    [GeneratedRegex(@"(Helpers?|Utils?|Utilities|Common|Manager|Misc)(/|\.cs$)")]
    private static partial Regex CatchAll();

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"\[LoggerMessage\((?:EventId = )?(\d+)")]
    private static partial Regex EventId();

    [GeneratedRegex(@"\[LoggerMessage\([^\n]*\n[^\n]*\bException \w")]
    private static partial Regex LoggedWhole();

    [GeneratedRegex(@"catch\s*(\(\s*Exception\s*\w*\s*\))?\s*\{\s*\}")]
    private static partial Regex SilentCatch();
}
