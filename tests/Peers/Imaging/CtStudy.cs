using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Tests.Adapters.DicomWeb;
using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.Peers.Imaging;

/// <summary>A synthetic CT study of one of the tests' citizens as files in a folder, explicit VR little endian.</summary>
internal sealed class CtStudy : IDisposable
{
    public const int Citizen = 80;
    public const int Slices = 3;

    private const string ExplicitLittleEndian = "1.2.840.10008.1.2.1";

    private CtStudy(int number)
    {
        Uid = SyntheticCt.Study(number);
        Folder = Directory.CreateTempSubdirectory("ehealthplus-ct-").FullName;
    }

    public string Uid { get; }

    public string Folder { get; }

    /// <summary>SOP instance UID and data set of each slice.</summary>
    public Dictionary<string, byte[]> DataSets { get; } = new(StringComparer.Ordinal);

    public IEnumerable<string> Files => Directory.EnumerateFiles(Folder).Order(StringComparer.Ordinal);

    /// <param name="number">Tells the studies of the tests apart.</param>
    public static async Task<CtStudy> WriteAsync(int number)
    {
        var study = new CtStudy(number);
        var card = Messages.DocumentNumber(Citizen);
        for (var slice = 1; slice <= Slices; slice++)
        {
            InstanceKey key = SyntheticCt.Key(number, 1, slice);
            var dataSet = SyntheticCt.DataSet(key, slice, Slices, patientId: $"{card[..^1]}({card[^1]})", patientName: $"TESTPATIENT^Number {Citizen}", birthDate: "19800229");
            study.DataSets[key.SopInstanceUid] = dataSet;
            await File.WriteAllBytesAsync(
                Path.Combine(study.Folder, $"{slice}.dcm"), [.. SyntheticCt.FileMeta(SyntheticCt.SopClass, key.SopInstanceUid, ExplicitLittleEndian), .. dataSet]);
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

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
