using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Tests.Adapters.DicomWeb;
using EHealthPlus.Tests.EndToEnd;

namespace EHealthPlus.Tests.Peers.Imaging;

/// <summary>A synthetic CT study of one of the tests' citizens as files in a folder, explicit VR little endian.</summary>
internal sealed class CtStudy : IDisposable
{
    public const int Citizen = 80;
    public const int Slices = 3;

    private readonly TemporaryFolder folder = new();

    private CtStudy(int number) => Uid = SyntheticCt.Study(number);

    public string Uid { get; }

    public string Folder => folder.Path;

    /// <summary>SOP instance UID and data set of each slice.</summary>
    public Dictionary<string, byte[]> DataSets { get; } = new(StringComparer.Ordinal);

    public IEnumerable<string> Files => Directory.EnumerateFiles(Folder).Order(StringComparer.Ordinal);

    /// <param name="number">Tells the studies of the tests apart.</param>
    public static CtStudy Write(int number)
    {
        var study = new CtStudy(number);
        for (var slice = 1; slice <= Slices; slice++)
        {
            InstanceKey key = SyntheticCt.Key(number, 1, slice);
            study.DataSets[key.SopInstanceUid] = CitizenCt.DataSet(Citizen, key, slice, Slices);
            study.folder.Write($"{slice}.dcm", CitizenCt.File(key, study.DataSets[key.SopInstanceUid]));
        }

        return study;
    }

    /// <summary>Each slice is among the files, once and whole; nothing else is.</summary>
    public void AssertAre(IReadOnlyCollection<byte[]> files)
    {
        Assert.Equal(Slices, files.Count);
        Assert.All(DataSets.Values, dataSet => Assert.Single(files, file => file.AsSpan().EndsWith(dataSet)));
    }

    public void AssertIn(string folder) => AssertAre([.. Directory.EnumerateFiles(folder).Select(File.ReadAllBytes)]);

    public void Dispose() => folder.Dispose();
}
