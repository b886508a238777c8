using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.Storage.Sqlite.Writing;

/// <summary>One caller's changes: all of them are committed, or none.</summary>
internal abstract class WriteItem(int bytes, bool urgent, bool brief)
{
    /// <summary>What its caller does next is brief: see <see cref="Writer.WriteAsync"/>.</summary>
    public bool Brief => brief;

    /// <summary>A sender waits for it: it goes before what only the hub waits for.</summary>
    public bool Urgent => urgent;

    /// <summary>About how much it writes: bounds a transaction and the queue.</summary>
    public int Bytes => bytes;

    /// <summary>Makes the changes within the open transaction; may be called again after a rollback.</summary>
    public abstract void Apply(WriteSession session);

    /// <summary>The changes are on disk.</summary>
    public abstract void Complete();

    /// <summary>The store could write nothing.</summary>
    public abstract void Refuse(Rejection rejection);

    /// <summary>The changes themselves are at fault.</summary>
    public abstract void Fail(Exception fault);
}

/// <inheritdoc/>
/// <param name="apply">Writes nothing where it answers with a rejection.</param>
internal sealed class WriteItem<T>(Func<WriteSession, Result<T>> apply, int bytes, bool urgent, bool brief) : WriteItem(bytes, urgent, brief)
{
    // Callers go on elsewhere: the writer's thread has the next transaction to write.
    private readonly TaskCompletionSource<Result<T>> completion = new(brief ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);
    private Result<T> result;

    public Task<Result<T>> Completion => completion.Task;

    public override void Apply(WriteSession session) => result = apply(session);

    public override void Complete() => completion.SetResult(result);

    public override void Refuse(Rejection rejection) => completion.SetResult(rejection);

    public override void Fail(Exception fault) => completion.SetException(fault);
}
