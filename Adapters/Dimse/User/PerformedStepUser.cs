using EHealthPlus.Adapters.Dimse.Commands;
using EHealthPlus.Adapters.Dimse.Negotiation;

namespace EHealthPlus.Adapters.Dimse.User;

/// <summary>Reports modality performed procedure steps to another application entity, and reads them, as SCU (PS3.4-2024 annex F).</summary>
public static class PerformedStepUser
{
    /// <summary>Transfer syntax of the attributes.</summary>
    public const string AttributeSyntax = TransferSyntax.ExplicitLittleEndian;

    /// <exception cref="IOException">See <see cref="DicomUser.OpenToStoreAsync"/>.</exception>
    public static Task<DicomUser> OpenAsync(DicomUserOptions options, TimeProvider time, CancellationToken cancellationToken) =>
        DicomUser.OpenAsync(options, [new(1, SopClass.ModalityPerformedProcedureStep, [AttributeSyntax])], [], null, time, null, cancellationToken);

    /// <summary>An association to read steps in: their retrieval is a SOP class of its own (PS3.4-2024 F.8).</summary>
    /// <exception cref="IOException">See <see cref="DicomUser.OpenToStoreAsync"/>.</exception>
    public static Task<DicomUser> OpenToReadAsync(DicomUserOptions options, TimeProvider time, CancellationToken cancellationToken) =>
        DicomUser.OpenAsync(options, [new(1, SopClass.ModalityPerformedProcedureStepRetrieve, [AttributeSyntax])], [], null, time, null, cancellationToken);

    /// <summary>N-GET, on an association of <see cref="OpenToReadAsync"/>.</summary>
    /// <param name="attributes">Group and element of each that is asked for, at most 32; none for all.</param>
    /// <returns>The answer, and the data set in <see cref="AttributeSyntax"/>; empty where it is refused.</returns>
    /// <exception cref="IOException">The association ended, or the other side does not offer it.</exception>
    public static async Task<(StepAnswer Answer, ReadOnlyMemory<byte> Attributes)> ReadAsync(
        DicomUser user, string sopInstanceUid, IReadOnlyList<uint> attributes, CancellationToken cancellationToken)
    {
        const string retrieve = SopClass.ModalityPerformedProcedureStepRetrieve;
        using var request = await user.Exchange.RequestAsync(
            user.ContextFor(retrieve).Id,
            id => new()
            {
                Field = CommandField.GetAttributesRequest, MessageId = id, RequestedSopClassUid = retrieve, RequestedSopInstanceUid = sopInstanceUid,
                Attributes = attributes.Count == 0 ? null : attributes,
            });
        var answer = await request.NextAsync(cancellationToken);
        return (new(answer.Status, answer.Command.ErrorId, answer.Command.ErrorComment), answer.DataSet);
    }

    /// <summary>N-CREATE.</summary>
    /// <param name="attributes">Data set in <see cref="AttributeSyntax"/>.</param>
    /// <exception cref="IOException">The association ended, or the other side does not offer it.</exception>
    public static Task<StepAnswer> CreateAsync(DicomUser user, string sopInstanceUid, ReadOnlyMemory<byte> attributes, CancellationToken cancellationToken) => AskAsync(
        user, id => new() { Field = CommandField.CreateRequest, MessageId = id, AffectedSopClassUid = SopClass.ModalityPerformedProcedureStep, AffectedSopInstanceUid = sopInstanceUid },
        attributes, cancellationToken);

    /// <summary>N-SET.</summary>
    /// <param name="attributes">Data set in <see cref="AttributeSyntax"/>.</param>
    /// <exception cref="IOException">The association ended, or the other side does not offer it.</exception>
    public static Task<StepAnswer> SetAsync(DicomUser user, string sopInstanceUid, ReadOnlyMemory<byte> attributes, CancellationToken cancellationToken) => AskAsync(
        user, id => new() { Field = CommandField.SetRequest, MessageId = id, RequestedSopClassUid = SopClass.ModalityPerformedProcedureStep, RequestedSopInstanceUid = sopInstanceUid },
        attributes, cancellationToken);

    private static async Task<StepAnswer> AskAsync(DicomUser user, Func<ushort, CommandSet> command, ReadOnlyMemory<byte> attributes, CancellationToken cancellationToken)
    {
        using var request = await user.Exchange.RequestAsync(user.ContextFor(SopClass.ModalityPerformedProcedureStep).Id, command, attributes);
        var answer = await request.NextAsync(cancellationToken);
        return new(answer.Status, answer.Command.ErrorId, answer.Command.ErrorComment);
    }
}

/// <summary>Answer to a report of a step.</summary>
/// <param name="ErrorId">(0000,0903); null where there is none.</param>
public sealed record StepAnswer(ushort Status, ushort? ErrorId, string? Comment);
