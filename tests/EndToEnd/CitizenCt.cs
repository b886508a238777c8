using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Tests.Adapters.DicomWeb;
using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.EndToEnd;

/// <summary>The synthetic CT as images of one of the tests' citizens, known by document number, name and date of birth.</summary>
internal static class CitizenCt
{
    public const string ExplicitLittleEndian = "1.2.840.10008.1.2.1";

    public static byte[] DataSet(int citizen, InstanceKey key, int slice, int slices)
    {
        var card = Messages.DocumentNumber(citizen);
        return SyntheticCt.DataSet(key, slice, slices, patientId: $"{card[..^1]}({card[^1]})", patientName: $"TESTPATIENT^Number {citizen}", birthDate: "19800229");
    }

    /// <summary>The data set as a file of PS3.10.</summary>
    public static byte[] File(InstanceKey key, byte[] dataSet) => [.. SyntheticCt.FileMeta(SyntheticCt.SopClass, key.SopInstanceUid, ExplicitLittleEndian), .. dataSet];
}
