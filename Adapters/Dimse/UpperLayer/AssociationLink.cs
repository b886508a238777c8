using System.IO.Pipelines;
using System.Net.Sockets;

namespace EHealthPlus.Adapters.Dimse.UpperLayer;

internal enum LinkEvent
{
    /// <summary><see cref="PduPart"/> holds the A-ASSOCIATE-RQ.</summary>
    Requested,

    /// <summary><see cref="PduPart"/> holds the A-ASSOCIATE-AC.</summary>
    Accepted,

    /// <summary><see cref="PduPart"/> holds the A-ASSOCIATE-RJ.</summary>
    Refused,

    Data,

    /// <summary>The other side asks for the release: what is in work may still be answered before <see cref="AssociationLink.ConfirmReleaseAsync"/>.</summary>
    ReleaseAsked,

    /// <summary>Released, as we asked.</summary>
    Released,

    /// <summary>The other side aborted it.</summary>
    Aborted,

    /// <summary>The other side closed the transport, or broke it off.</summary>
    Closed,

    /// <summary>It broke the protocol; it has been told by an A-ABORT.</summary>
    Violated,

    Overdue,

    Woken,
}

/// <summary>
/// One association's upper layer (PS3.8-2024 section 9.2): which PDU may come when. Faults of the other side are answered here; what is
/// left to decide goes up as events.
/// </summary>
internal sealed class AssociationLink
{
    private readonly bool requestor;
    private readonly LinkLimits limits;
    private readonly PipeReader input;
    private readonly LinkClock clock;
    private readonly PduReader reader;
    private readonly Action cut;
    private AssociationState state;
    private volatile bool givenUp;

    /// <param name="socket">For quick acknowledgements; null where it is not known.</param>
    /// <param name="cut">Ends the transport at once.</param>
    public AssociationLink(PipeReader input, Stream output, Socket? socket, LinkLimits limits, TimeProvider time, bool requestor, Action cut)
    {
        this.input = input;
        this.limits = limits;
        this.requestor = requestor;
        this.cut = cut;
        clock = new LinkClock(time);
        reader = new PduReader(input, clock, limits, QuickAcknowledgement.Of(socket));
        Writer = new PduWriter(output, clock, limits);
        state = requestor ? AssociationState.AwaitingAccept : AssociationState.AwaitingRequest;
    }

    public PduWriter Writer { get; }

    /// <summary>How the other side broke the protocol, after <see cref="LinkEvent.Violated"/>.</summary>
    public AbortCause Violation { get; private set; }

    /// <summary>How long the next message may let wait for itself, or the next PDU of a message.</summary>
    public TimeSpan Patience { set => reader.Patience = value; }

    /// <inheritdoc cref="PduReader.Unfinished"/>
    public bool Unfinished { set => reader.Unfinished = value; }

    public bool Established => state is AssociationState.Established or AssociationState.AwaitingRelease;

    /// <summary>Somebody called <see cref="GiveUpAsync"/>.</summary>
    public bool GivenUp => givenUp;

    /// <summary>Once a second: ends waits that took too long.</summary>
    public void OnHeartbeat()
    {
        if (clock.ReadOverdue) input.CancelPendingRead();
        if (!clock.SendOverdue) return;
        clock.SendDone();
        cut();
    }

    /// <summary>Ends a wait for bytes with <see cref="LinkEvent.Woken"/>.</summary>
    public void Wake() => input.CancelPendingRead();

    public async ValueTask<(LinkEvent Event, PduPart Part)> NextAsync()
    {
        PduPart part;
        try
        {
            part = await reader.NextAsync();
        }
        catch (Exception broke) when (IsGone(broke))
        {
            return (LinkEvent.Closed, default);
        }

        switch (part.Kind)
        {
            case PartKind.Closed or PartKind.Broken: return (LinkEvent.Closed, part);
            case PartKind.Overdue: return (LinkEvent.Overdue, part);
            case PartKind.Woken: return (LinkEvent.Woken, part);
            case PartKind.Faulty: return await ViolatedAsync(part.Fault);
        }

        switch (AssociationTable.On(state, part.Type, requestor))
        {
            case AssociationAction.Negotiate: return (LinkEvent.Requested, part);
            case AssociationAction.Confirm:
                state = AssociationState.Established;
                return (LinkEvent.Accepted, part);
            case AssociationAction.Refused: return (LinkEvent.Refused, part);
            case AssociationAction.Deliver: return (LinkEvent.Data, part);
            case AssociationAction.Release: return (LinkEvent.ReleaseAsked, part);
            case AssociationAction.Released: return (LinkEvent.Released, part);
            case AssociationAction.Aborted or AssociationAction.Close: return (LinkEvent.Aborted, part);
            case AssociationAction.Collide: return await CollideAsync();
            default: return await ViolatedAsync(AbortCause.UnexpectedPdu);
        }
    }

    public async ValueTask AcceptAsync(AssociateAccept accept)
    {
        state = AssociationState.Established;
        await Writer.SendAsync(AssociateWriting.Accept(accept), CancellationToken.None);
    }

    public ValueTask RefuseAsync(AssociationRefusal refusal) => FarewellAsync(AssociateWriting.Reject(refusal));

    public ValueTask ConfirmReleaseAsync() => FarewellAsync(AssociateWriting.Release(PduType.ReleaseReply));

    public async ValueTask AskReleaseAsync(CancellationToken cancellationToken)
    {
        state = AssociationState.AwaitingRelease;
        await Writer.SendAsync(AssociateWriting.Release(PduType.ReleaseRequest), cancellationToken);
    }

    /// <summary>Gives the association up. Only for who reads it.</summary>
    public ValueTask AbortAsync(AbortCause cause) => FarewellAsync(AssociateWriting.Abort(cause));

    /// <summary>Gives the association up while somebody else reads it: who does is woken, and is to <see cref="DrainAsync"/>.</summary>
    public async ValueTask GiveUpAsync()
    {
        try
        {
            await Writer.SendAsync(AssociateWriting.Abort(AbortCause.Unspecified), CancellationToken.None);
        }
        catch (Exception gone) when (IsGone(gone))
        {
            cut();
        }

        givenUp = true;
        Wake();
    }

    /// <summary>After <see cref="GiveUpAsync"/>: waits for the other side to close (Sta13), at most ARTIM.</summary>
    public ValueTask DrainAsync() => FarewellAsync([]);

    private async ValueTask<(LinkEvent Event, PduPart Part)> ViolatedAsync(AbortCause cause)
    {
        Violation = cause;
        await AbortAsync(cause);
        return (LinkEvent.Violated, default);
    }

    /// <summary>AR-8: who asked for the association answers the release first.</summary>
    private async ValueTask<(LinkEvent Event, PduPart Part)> CollideAsync()
    {
        if (!requestor)
        {
            state = AssociationState.CollisionAsAcceptor;
            return await NextAsync();
        }

        state = AssociationState.CollisionAsRequestor;
        await Writer.SendAsync(AssociateWriting.Release(PduType.ReleaseReply), CancellationToken.None);
        return await NextAsync();
    }

    /// <summary>
    /// Says the last word and waits for the other side to close (Sta13), at most ARTIM. What still comes is thrown away: closing on unread bytes
    /// would take our word from it.
    /// </summary>
    private async ValueTask FarewellAsync(byte[] pdu)
    {
        state = AssociationState.AwaitingClose;
        try
        {
            if (pdu.Length > 0) await Writer.SendAsync(pdu, CancellationToken.None);
            await reader.DiscardAsync(limits.AssociationTimeout);
        }
        catch (Exception gone) when (IsGone(gone))
        {
            // It has closed already: there is nobody to tell.
            cut();
        }
    }

    // Who finds the connection cut off, or put away, is not at fault.
    private static bool IsGone(Exception fault) => fault is IOException or OperationCanceledException or SocketException or ObjectDisposedException;
}
