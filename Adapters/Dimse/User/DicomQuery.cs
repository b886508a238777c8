using System.Runtime.CompilerServices;
using EHealthPlus.Adapters.Dimse.Commands;
using EHealthPlus.Adapters.Dimse.Messages;
using EHealthPlus.Adapters.Dimse.Negotiation;
using EHealthPlus.Adapters.Dimse.UpperLayer;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.Dimse.User;

/// <summary>One answer to a C-FIND, C-GET or C-MOVE.</summary>
/// <param name="Status">DIMSE status; FF00H and FF01H are pending: more follow.</param>
/// <param name="DataSet">The identifier of a match; empty where there is none.</param>
public sealed record QueryAnswer(ushort Status, string? Comment, ReadOnlyMemory<byte> DataSet, SubOperations? SubOperations)
{
    public bool IsPending => DimseStatus.IsPending(Status);
}

/// <summary>Takes instances that come back by C-GET.</summary>
public interface IInstanceReceiver
{
    /// <returns>Where the data set goes; disposed after its last byte.</returns>
    Stream Begin(string sopClassUid, string sopInstanceUid, string transferSyntaxUid);
}

/// <summary>Queries of the study root model that we ask of others (PS3.4-2024 annex C).</summary>
public static class DicomQuery
{
    /// <summary>Identifiers are written and read in it.</summary>
    public const string IdentifierSyntax = TransferSyntax.ExplicitLittleEndian;

    /// <summary>Opens an association for C-FIND and C-MOVE.</summary>
    /// <exception cref="IOException">See <see cref="DicomUser.OpenToStoreAsync"/>.</exception>
    public static Task<DicomUser> OpenAsync(DicomUserOptions options, TimeProvider time, CancellationToken cancellationToken) =>
        DicomUser.OpenAsync(
            options, [new(1, SopClass.StudyRootFind, [IdentifierSyntax]), new(3, SopClass.StudyRootMove, [IdentifierSyntax])], [], null, time, null, cancellationToken);

    /// <summary>Opens an association for C-GET.</summary>
    /// <param name="kinds">What may come back; at most 127.</param>
    /// <exception cref="IOException">See <see cref="DicomUser.OpenToStoreAsync"/>.</exception>
    public static Task<DicomUser> OpenToGetAsync(
        DicomUserOptions options, IReadOnlyList<InstanceKind> kinds, IInstanceReceiver receiver, TimeProvider time, CancellationToken cancellationToken)
    {
        var contexts = new List<ProposedContext> { new(1, SopClass.StudyRootGet, [IdentifierSyntax]) };
        foreach (var kind in kinds.Take(127)) contexts.Add(new((byte)((contexts.Count * 2) + 1), kind.SopClassUid, [kind.TransferSyntaxUid]));
        var roles = kinds.Select(kind => kind.SopClassUid).Distinct(StringComparer.Ordinal).Select(uid => new RoleSelection(uid, false, true)).ToList();
        return DicomUser.OpenAsync(options, contexts, roles, new Receiving(receiver), time, null, cancellationToken);
    }

    /// <summary>C-FIND.</summary>
    /// <param name="identifier">In <see cref="IdentifierSyntax"/>.</param>
    /// <exception cref="IOException">The association ended, or the other side does not offer it.</exception>
    public static IAsyncEnumerable<QueryAnswer> FindAsync(DicomUser user, ReadOnlyMemory<byte> identifier, CancellationToken cancellationToken) =>
        AskAsync(user, SopClass.StudyRootFind, CommandField.FindRequest, identifier, null, cancellationToken);

    /// <summary>C-GET: instances go to the receiver, the answers tell the counts.</summary>
    /// <exception cref="IOException">The association ended, or the other side does not offer it.</exception>
    public static IAsyncEnumerable<QueryAnswer> GetAsync(DicomUser user, ReadOnlyMemory<byte> identifier, CancellationToken cancellationToken) =>
        AskAsync(user, SopClass.StudyRootGet, CommandField.GetRequest, identifier, null, cancellationToken);

    /// <summary>C-MOVE.</summary>
    /// <exception cref="IOException">The association ended, or the other side does not offer it.</exception>
    public static IAsyncEnumerable<QueryAnswer> MoveAsync(DicomUser user, ReadOnlyMemory<byte> identifier, string destination, CancellationToken cancellationToken) =>
        AskAsync(user, SopClass.StudyRootMove, CommandField.MoveRequest, identifier, destination, cancellationToken);

    private static async IAsyncEnumerable<QueryAnswer> AskAsync(
        DicomUser user, string sopClass, CommandField field, ReadOnlyMemory<byte> identifier, string? destination, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var context = user.ContextFor(sopClass);
        using var request = await user.Exchange.RequestAsync(
            context.Id, id => new() { Field = field, MessageId = id, AffectedSopClassUid = sopClass, Priority = 0, MoveDestination = destination }, identifier);
        QueryAnswer answer;
        do
        {
            var arrived = await request.NextAsync(cancellationToken);
            answer = new(arrived.Status, arrived.Command.ErrorComment, arrived.DataSet, arrived.Command.SubOperations);
            yield return answer;
        }
        while (answer.IsPending);
    }

    private sealed class Receiving(IInstanceReceiver receiver) : IRequestHandler
    {
        public ValueTask<IIncomingMessage?> BeginAsync(Operation operation, CancellationToken cancellationToken) =>
            ValueTask.FromResult<IIncomingMessage?>(operation.Command.Field == CommandField.StoreRequest ? new Reception(operation, receiver) : null);
    }

    private sealed class Reception(Operation operation, IInstanceReceiver receiver) : IIncomingMessage
    {
        private readonly Stream into = receiver.Begin(
            operation.Command.AffectedSopClassUid ?? "", operation.Command.AffectedSopInstanceUid ?? "", operation.Context.TransferSyntax);

        private bool full;

        public async ValueTask WriteAsync(ReadOnlyMemory<byte> part, CancellationToken cancellationToken)
        {
            if (full) return;
            try
            {
                await into.WriteAsync(part, cancellationToken);
            }
            catch (IOException)
            {
                // The sender is told when all has come: an answer in the middle of its object is none that it waits for.
                full = true;
            }
        }

        public async Task CompleteAsync()
        {
            await into.DisposeAsync();
            await operation.SendAsync(full ? operation.Answer(new Rejection(RejectionCode.StorageFull, "It could not be written")) : operation.Answer(DimseStatus.Success));
        }

        public ValueTask AbandonAsync() => into.DisposeAsync();
    }
}
