using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Dicom.Deidentification;
using EHealthPlus.Transformers.Dicom.Dictionary;
using EHealthPlus.Transformers.Dicom.Reading;
using EHealthPlus.Transformers.Dicom.Writing;

namespace EHealthPlus.Tests.Transformers.Dicom.Deidentification;

/// <summary>De-identifies files and data sets as a test wants it.</summary>
internal static class Subject
{
    public const string Explicit = "1.2.840.10008.1.2.1";

    public static readonly ProjectKey Key = new([.. Enumerable.Range(1, ProjectKey.Length).Select(number => (byte)number)]);

    public static readonly ProjectKey OtherKey = new([.. Enumerable.Range(101, ProjectKey.Length).Select(number => (byte)number)]);

    /// <summary>A Part 10 file of a data set.</summary>
    public static byte[] File(DataSetBuilder dataSet, string syntax = Explicit) =>
        [.. new DataSetWriter().FileMeta("1.2.840.10008.5.1.4.1.1.2", "2.25.1001", syntax), .. dataSet.Bytes];

    public static async Task<(Result<DeidentifiedInstance> Outcome, byte[] Output)> RunAsync(byte[] file, ProjectKey? key = null, bool accept = true, params ConfidentialityOption[] options)
    {
        using var output = new MemoryStream();
        var made = Deidentifier.Create(key ?? Key, options.ToHashSet(), accept);
        if (!made.Accepted) return (made.Rejection, []);
        var outcome = await made.Value.DeidentifyAsync(new MemoryStream(file), output, CancellationToken.None);
        return (outcome, output.ToArray());
    }

    /// <summary>The values of a data set that must be accepted, after it was de-identified.</summary>
    public static async Task<ReadValues> ValuesAsync(DataSetBuilder dataSet, params ConfidentialityOption[] options)
    {
        var (outcome, output) = await RunAsync(File(dataSet), options: options);
        Assert.True(outcome.Accepted, $"{outcome.Rejection}");
        return await ReadValues.OfAsync(output);
    }
}

/// <summary>All values of a file by their path, such as 00081140/1/00081155; of pixel data the bytes.</summary>
internal sealed class ReadValues : IElementHandler
{
    private readonly Stack<(uint Tag, int Items)> sequences = new();
    private readonly MemoryStream pixels = new();

    public List<(string Path, uint Tag, Vr Vr, byte[] Value)> All { get; } = [];

    public byte[] Pixels => pixels.ToArray();

    public static async Task<ReadValues> OfAsync(byte[] file)
    {
        var values = new ReadValues();
        Assert.Null(await Inspected.ReadFile(file, values));
        return values;
    }

    /// <summary>Null where there is no such element; without padding.</summary>
    public string? Text(string path) => All.Find(element => element.Path == path).Value is { } value ? System.Text.Encoding.UTF8.GetString(value).TrimEnd(' ', '\0') : null;

    public bool Has(string path) => All.Exists(element => element.Path == path);

    public ValueUse Element(in ElementHeader header) =>
        header.Tag == 0xFFFEE000 || (header is { Depth: 0, Tag: 0x7FE00010 }) ? ValueUse.Stream : ValueUse.Hold;

    public void Part(in ElementHeader header, ReadOnlySpan<byte> part) => pixels.Write(part);

    public void Value(in ElementHeader header, ReadOnlySpan<byte> value) => All.Add((Path(header.Tag), header.Tag, header.Vr, value.ToArray()));

    public void BeginSequence(in ElementHeader header)
    {
        All.Add((Path(header.Tag), header.Tag, Vr.SQ, []));
        sequences.Push((header.Tag, 0));
    }

    public void BeginItem(in ElementHeader header) => sequences.Push((sequences.Peek().Tag, sequences.Pop().Items + 1));

    public void EndItem(bool delimited)
    {
    }

    public void EndSequence(bool delimited) => sequences.Pop();

    public void BeginFragments(in ElementHeader header)
    {
    }

    public void EndFragments()
    {
    }

    private string Path(uint tag) => string.Concat(sequences.Reverse().Select(sequence => $"{sequence.Tag:X8}/{sequence.Items}/")) + $"{tag:X8}";
}
