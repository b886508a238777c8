using System.Collections.Concurrent;
using EHealthPlus.Adapters.Storage.Sqlite.Engine;

namespace EHealthPlus.Adapters.Storage.Sqlite.Reading;

/// <summary>A few connections that read; who finds none free waits for one.</summary>
internal sealed class ReaderPool(DatabaseFile file) : IDisposable
{
    // Each holds up to 3 MB of pages.
    private const int Size = 6;

    private readonly SemaphoreSlim free = new(Size);
    private readonly ConcurrentStack<Reader> idle = new();

    /// <summary>What the reader sees is at least as new as every commit that completed before the call.</summary>
    public async ValueTask<Reader> RentAsync(CancellationToken cancellationToken)
    {
        await free.WaitAsync(cancellationToken);
        if (idle.TryPop(out var reader)) return reader;
        try
        {
            return new(file.OpenReader(), GiveBack);
        }
        catch
        {
            free.Release();
            throw;
        }
    }

    /// <summary>Waits for the readers that are out, and closes all.</summary>
    public void Dispose()
    {
        for (var taken = 0; taken < Size; taken++) free.Wait();
        while (idle.TryPop(out var reader)) reader.Close();
    }

    private void GiveBack(Reader reader)
    {
        idle.Push(reader);
        free.Release();
    }
}
