using System.Text;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Dicom.Deidentification;
using EHealthPlus.Transformers.Dicom.Dictionary;

namespace EHealthPlus.Tests.Transformers.Dicom.Deidentification;

/// <summary>pydicom's test files, de-identified: what comes out can be read, names nobody, and is no worse an object than it was.</summary>
public class EveryTestFileTests
{
    // UIDs of definitions, and attributes whose values are terms.
    private static readonly uint[] Definitions = [0x00080016, 0x00081150, 0x0008001A, 0x0008010C, 0x00080062, 0x00020002, 0x00020010];

    private static readonly uint[] Identifying =
        [0x00100020, 0x00101000, 0x00080050, 0x00100030, 0x00080020, 0x00080021, 0x00080022, 0x00080023, 0x00080080, 0x00080081, 0x00081010, 0x00181000, 0x00104000];

    public static TheoryData<string> Files() => [.. TestFiles.All];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Nothing_that_identifies_is_in_the_bytes_that_come_out(string file)
    {
        byte[] original = TestFiles.Read(file);
        var (outcome, output) = await Subject.RunAsync(original);
        if (!outcome.Accepted)
        {
            RejectionCode expected = TestFiles.Unreadable.TryGetValue(file, out RejectionCode damage) ? damage
                : file.Contains("DICOMDIR", StringComparison.Ordinal) ? RejectionCode.DeidentificationImpossible : RejectionCode.AttributeMissing;
            // A directory's class stands in its meta information only.
            Assert.True(outcome.Rejection.Code == expected || (expected == RejectionCode.DeidentificationImpossible && outcome.Rejection.Code == RejectionCode.AttributeMissing), $"{outcome.Rejection}");
            return;
        }

        ReadValues before = await ReadValues.OfAsync(original);
        ReadValues after = await ReadValues.OfAsync(output);
        byte[] seen = WithoutPixels(output, after.Pixels);

        Assert.Equal(before.Pixels, after.Pixels);
        foreach (var (path, value) in before.All.SelectMany(Identities))
        {
            Assert.True(seen.AsSpan().IndexOf(value) < 0, $"The value of {path}, {value.Length} bytes, is still there");
        }
        Assert.Equal("YES", after.Text("00120062"));
        Assert.Equal("REMOVED", after.Text("00280303"));
        Assert.Equal("113100", after.Text("00120064/1/00080100"));
        Assert.All(after.All, element => Assert.False(ElementDictionary.IsPrivate(element.Tag)));
        Assert.Equal(new byte[128], output[..128]);

        var (_, again) = await Subject.RunAsync(original);
        var (_, other) = await Subject.RunAsync(original, Subject.OtherKey);
        Assert.Equal(output, again);
        ReadValues elsewhere = await ReadValues.OfAsync(other);
        // Instances that the standard itself registers, such as its colour palettes, keep their UID.
        if (UidDictionary.Find(after.Text("00080018")!) is null) Assert.NotEqual(after.Text("00080018"), elsewhere.Text("00080018"));
    }

    [Fact]
    public async Task Dciodvfy_finds_no_fault_in_them_that_was_not_there_before()
    {
        using var folder = new TemporaryFolder();
        var worse = new System.Collections.Concurrent.ConcurrentBag<string>();
        int judged = 0;
        await Parallel.ForEachAsync(TestFiles.All, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (file, cancellation) =>
        {
            foreach (ConfidentialityOption[] options in (ConfidentialityOption[][])[[], [ConfidentialityOption.RetainModifiedDates, ConfidentialityOption.CleanStructuredContent, ConfidentialityOption.CleanGraphics, ConfidentialityOption.CleanDescriptors, ConfidentialityOption.RetainSafePrivate]])
            {
                var (outcome, output) = await Subject.RunAsync(TestFiles.Read(file), options: options);
                if (!outcome.Accepted) return;
                string after = folder.Write($"{Guid.NewGuid():N}.dcm", output);
                string[] added = [.. Faults(await Judge.Run("dciodvfy", after)).Except(Faults(await Judge.Run("dciodvfy", Path.Combine(TestFiles.Folder, file))))];
                if (added.Length > 0) worse.Add($"{file} {options.Length}: {string.Join("; ", added)}");
                Interlocked.Increment(ref judged);
            }
        });

        Assert.True(worse.IsEmpty, string.Join('\n', worse));
        Assert.True(judged > 200, $"{judged}");
    }

    private static IEnumerable<string> Faults(string judged) => judged.Split('\n').Where(line => line.StartsWith("Error", StringComparison.Ordinal))
        .Select(line => System.Text.RegularExpressions.Regex.Replace(line, @"(?<=UID )[0-9.]+|(?<=<)[0-9.]+(?=>)", "UID"));

    private static byte[] WithoutPixels(byte[] output, byte[] pixels)
    {
        int at = pixels.Length > 100 ? output.AsSpan().IndexOf(pixels.AsSpan(0, Math.Min(pixels.Length, 64))) : -1;
        return at < 0 ? output : [.. output.AsSpan(0, at), .. output.AsSpan(Math.Min(output.Length, at + pixels.Length))];
    }

    private static IEnumerable<(string Path, byte[] Value)> Identities((string Path, uint Tag, Vr Vr, byte[] Value) element)
    {
        Vr vr = ElementDictionary.Find(element.Tag)?.Vr ?? element.Vr;
        if (vr == Vr.PN)
        {
            // Bytes: what a character set makes of them does not matter here.
            foreach (byte[] part in Parts(element.Value, "^=\\ \0"u8.ToArray())) yield return (element.Path, part);
        }
        else if (vr == Vr.UI && !Definitions.Contains(element.Tag))
        {
            foreach (byte[] part in Parts(element.Value, "\\ \0"u8.ToArray()).Where(part => UidDictionary.Find(Encoding.ASCII.GetString(part)) is null)) yield return (element.Path, part);
        }
        else if (Identifying.Contains(element.Tag))
        {
            foreach (byte[] part in Parts(element.Value, "\\\0"u8.ToArray())) yield return (element.Path, part);
        }
    }

    private static IEnumerable<byte[]> Parts(byte[] value, byte[] delimiters)
    {
        int start = 0;
        for (int at = 0; at <= value.Length; at++)
        {
            if (at < value.Length && !delimiters.Contains(value[at])) continue;
            byte[] part = [.. value[start..at].SkipWhile(letter => letter == ' ').Reverse().SkipWhile(letter => letter == ' ').Reverse()];
            if (part.Length >= 6) yield return part;
            start = at + 1;
        }
    }
}
