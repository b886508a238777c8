namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Objects;

/// <summary>SOP instances that are being kept at this moment: the same one comes after the other, so that no object takes the place of one with a row.</summary>
internal sealed class InFlight
{
    private readonly Dictionary<string, TaskCompletionSource> places = new(StringComparer.Ordinal);

    /// <returns>Disposed when the instance is kept, or refused.</returns>
    public async ValueTask<IDisposable> EnterAsync(string sopInstanceUid, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task before;
            lock (places)
            {
                if (!places.TryGetValue(sopInstanceUid, out var taken))
                {
                    places[sopInstanceUid] = new(TaskCreationOptions.RunContinuationsAsynchronously);
                    return new Place(this, sopInstanceUid);
                }

                before = taken.Task;
            }

            await before.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private void Leave(string sopInstanceUid)
    {
        TaskCompletionSource? place;
        lock (places) places.Remove(sopInstanceUid, out place);
        place?.SetResult();
    }

    private sealed class Place(InFlight flight, string sopInstanceUid) : IDisposable
    {
        public void Dispose() => flight.Leave(sopInstanceUid);
    }
}
