namespace EHealthPlus.Adapters.Uploads.Feeding;

/// <summary>Lets a few files be read at the same time, slice by slice and first come first served: a long file does not hold up those of other sources.</summary>
internal sealed class SliceTurns(UploadOptions options) : IDisposable
{
    private readonly SemaphoreSlim places = new(options.SlicesAtOnce);

    public async ValueTask<IDisposable> TakeAsync(CancellationToken cancellationToken)
    {
        await places.WaitAsync(cancellationToken);
        return new Turn(places);
    }

    public void Dispose() => places.Dispose();

    private sealed class Turn(SemaphoreSlim places) : IDisposable
    {
        public void Dispose() => places.Release();
    }
}
