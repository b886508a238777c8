using EHealthPlus.Routing.Contracts.Imaging;

namespace EHealthPlus.Monitoring.Console.Imaging;

/// <summary>The lists of the imaging page, as its addresses call them.</summary>
internal static class ImagingLists
{
    public static readonly IReadOnlyList<(string Key, ImagingMismatch Mismatch)> All =
    [
        ("waiting", ImagingMismatch.StudyWaiting), ("orders", ImagingMismatch.OrderWithoutImages), ("images", ImagingMismatch.ImagesWithoutOrder),
        ("missing", ImagingMismatch.InstancesMissing), ("citizens", ImagingMismatch.StudyOfTwoCitizens),
        ("unread", ImagingMismatch.StudyNotAnnounced),
    ];

    /// <returns>The first list for another key.</returns>
    public static (string Key, ImagingMismatch Mismatch) Of(string? key) => All.FirstOrDefault(list => list.Key == key, All[0]);
}
