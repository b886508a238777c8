namespace EHealthPlus.Adapters.DicomWeb.Retrieve;

/// <summary>An object that values and frames are cut out of.</summary>
/// <param name="transferSyntaxUid">What the data set is in as it is opened: not always what it is kept in.</param>
/// <param name="place">Given back when the object is no longer needed; null where it takes none.</param>
internal sealed class CutObject(Stream dataSet, string transferSyntaxUid, SemaphoreSlim? place) : IAsyncDisposable
{
    public Stream DataSet => dataSet;

    public string TransferSyntaxUid => transferSyntaxUid;

    public async ValueTask DisposeAsync()
    {
        await dataSet.DisposeAsync();
        place?.Release();
    }
}
