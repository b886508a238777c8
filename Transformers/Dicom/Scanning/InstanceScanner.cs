using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Dicom.Text;
using EHealthPlus.Transformers.Dicom.TransferSyntaxes;

namespace EHealthPlus.Transformers.Dicom.Scanning;

/// <summary>See <see cref="IInstanceScanner"/>.</summary>
public sealed class InstanceScanner : IInstanceScanner
{
    public Result<IInstanceScan> Begin(string transferSyntaxUid, string? characterSet)
    {
        Result<TransferSyntax> syntax = TransferSyntax.Find(transferSyntaxUid);
        return syntax.Accepted ? new InstanceScan(syntax.Value, Stated(characterSet)) : syntax.Rejection;
    }

    public IFileScan BeginFile(string? characterSet) => new FileScan(Stated(characterSet));

    // A peer's setting that is no character set leaves it to the data set.
    private static SpecificCharacterSet? Stated(string? characterSet) => string.IsNullOrEmpty(characterSet) ? null : SpecificCharacterSet.Find(characterSet);
}
