using EHealthPlus.Adapters.DicomWeb.Exchange;
using EHealthPlus.Routing.Contracts.Imaging;

namespace EHealthPlus.Adapters.DicomWeb.Retrieve;

/// <summary>In which transfer syntax an instance is given (PS3.18-2024 8.7.3.5).</summary>
/// <param name="Multipart">False for a body of its own.</param>
internal sealed record ObjectForm(KeptInstance Instance, string TransferSyntaxUid, bool Multipart)
{
    private const string Media = "application/dicom";

    public bool AsKept => TransferSyntaxUid == Instance.TransferSyntaxUid;

    /// <returns>False where the client takes no application/dicom at all.</returns>
    public static bool IsAccepted(IReadOnlyList<MediaRange> ranges) => ranges.Count == 0 || ranges.Any(Takes);

    /// <returns>Null where what the client takes would have to be decoded or encoded.</returns>
    public static ObjectForm? Of(KeptInstance instance, IReadOnlyList<MediaRange> ranges)
    {
        if (ranges.Count == 0) return new(instance, Usual(instance), true);
        foreach (var range in ranges.Where(Takes))
        {
            var given = range.TransferSyntax switch
            {
                null => Usual(instance),
                "*" => instance.TransferSyntaxUid,
                { } stated when stated == instance.TransferSyntaxUid => stated,
                { } stated when TransferSyntax.IsUncompressed(stated) && TransferSyntax.IsUncompressed(instance.TransferSyntaxUid) => stated,
                _ => null,
            };
            if (given is not null) return new(instance, given, range.Multipart || range.TakesAnything);
        }

        return null;
    }

    /// <summary>Where nothing is stated: explicit little endian; what is compressed as it is, since the part names its transfer syntax.</summary>
    private static string Usual(KeptInstance instance) =>
        TransferSyntax.IsUncompressed(instance.TransferSyntaxUid) ? TransferSyntax.ExplicitLittleEndian : instance.TransferSyntaxUid;

    private static bool Takes(MediaRange range) => range.Media is Media or MediaRange.Anything or "application/*";
}
