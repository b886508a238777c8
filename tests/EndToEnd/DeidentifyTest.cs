using System.Text;
using System.Text.Json.Nodes;
using EHealthPlus.Tests.Adapters.DicomWeb;
using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.EndToEnd;

/// <summary>ehp dicom deidentify as a shell sees it: the key file, the folder of results, exit codes, and that files of one study stay one.</summary>
public sealed class DeidentifyTest : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ehealthplus-deid-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_study_comes_out_whole_without_its_patient_and_the_same_with_the_same_key()
    {
        var (study, key) = (Study(), Path.Combine(folder, "project.key"));

        var (exitCode, output, fault) = await RunAsync(study, "first", key, "--json");
        var again = await RunAsync(study, "second", key);
        var other = await RunAsync(study, "third", Path.Combine(folder, "other.key"));

        Assert.True(exitCode == 0, $"{output}\n{fault}");
        Assert.Equal((0, 0), (again.ExitCode, other.ExitCode));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? UnixFileMode.UserRead | UnixFileMode.UserWrite : File.GetUnixFileMode(key));
        var rows = JsonNode.Parse(output)!.AsArray();
        Assert.Equal(2, rows.Count);
        Assert.All(rows, row => Assert.True(row!["counts"]!["remapped"]!.GetValue<int>() >= 3));
        string[] first = Files("first");
        Assert.Equal(2, first.Length);
        Assert.Single(first.Select(Path.GetDirectoryName).Distinct());
        Assert.Equal(first.Select(file => Path.GetRelativePath(Path.Combine(folder, "first"), file)), Files("second").Select(file => Path.GetRelativePath(Path.Combine(folder, "second"), file)));
        Assert.Empty(first.Select(Path.GetFileName).Intersect(Files("third").Select(Path.GetFileName)));
        Assert.All(first, file => Assert.DoesNotContain("TESTPATIENT", Encoding.Latin1.GetString(File.ReadAllBytes(file)), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_two_files_with_one_UID_the_second_is_refused_where_it_has_other_content()
    {
        var (study, key) = (Study(), Path.Combine(folder, "project.key"));
        File.Copy(Path.Combine(study, "1.dcm"), Path.Combine(study, "3.dcm"));
        var other = await File.ReadAllBytesAsync(Path.Combine(study, "2.dcm"), TestContext.Current.CancellationToken);
        other[^1] ^= 1;
        await File.WriteAllBytesAsync(Path.Combine(study, "4.dcm"), other, TestContext.Current.CancellationToken);

        var (exitCode, output, _) = await RunAsync(study, "results", key, "--json");
        var told = await RunAsync(study, "again", key);

        Assert.Equal(1, exitCode);
        Assert.Equal([null, null, null, 851], JsonNode.Parse(output)!.AsArray().Select(row => row!["refused"]?["code"]!.GetValue<int>()));
        Assert.Contains("3 of 4 files", told.Output, StringComparison.Ordinal);
        var pixels = (await File.ReadAllBytesAsync(Path.Combine(study, "2.dcm"), TestContext.Current.CancellationToken))[^1000..];
        Assert.Single(Files("results"), file => File.ReadAllBytes(file).AsSpan().EndsWith(pixels));
        Assert.Equal(2, Files("results").Length);
    }

    [Fact]
    public async Task What_cannot_be_done_is_refused_with_its_number()
    {
        var (study, key) = (Study(), Path.Combine(folder, "project.key"));
        await File.WriteAllTextAsync(Path.Combine(study, "notes.txt"), "no DICOM at all, and long enough to be taken for something", TestContext.Current.CancellationToken);

        var partly = await RunAsync(study, "results", key, "--json");
        var pixels = await RunAsync(study, "pixels", key, "--option", "clean-pixel-data", "--json");
        var inside = await Cli.RunAsync(null, "dicom", "deidentify", study, "--out", Path.Combine(study, "inside"), "--key-file", key);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        var open = await RunAsync(study, "open", key, "--json");

        Assert.Equal(1, partly.ExitCode);
        Assert.Equal([null, null, 801], JsonNode.Parse(partly.Output)!.AsArray().Select(row => row!["refused"]?["code"]!.GetValue<int>()));
        Assert.Equal(2, Files("results").Length);
        Assert.Equal(1, pixels.ExitCode);
        Assert.StartsWith("813", JsonNode.Parse(pixels.Output)!["error"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(2, inside.ExitCode);
        Assert.Equal(1, open.ExitCode);
        Assert.StartsWith("817", JsonNode.Parse(open.Output)!["error"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private string Study()
    {
        var study = Directory.CreateDirectory(Path.Combine(folder, "originals")).FullName;
        for (var slice = 1; slice <= 2; slice++)
        {
            var key = SyntheticCt.Key(5, 1, slice);
            File.WriteAllBytes(Path.Combine(study, $"{slice}.dcm"), CitizenCt.File(key, CitizenCt.DataSet(76, key, slice, 2)));
        }

        return study;
    }

    private Task<(int ExitCode, string Output, string Fault)> RunAsync(string study, string into, string key, params string[] more) =>
        Cli.RunAsync(null, ["dicom", "deidentify", study, "--out", Path.Combine(folder, into), "--key-file", key, .. more]);

    private string[] Files(string into) => [.. Directory.EnumerateFiles(Path.Combine(folder, into), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
}
