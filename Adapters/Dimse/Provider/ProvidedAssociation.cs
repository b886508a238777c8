using System.Buffers;
using EHealthPlus.Adapters.Dimse.Messages;
using EHealthPlus.Adapters.Dimse.Negotiation;
using EHealthPlus.Adapters.Dimse.UpperLayer;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace EHealthPlus.Adapters.Dimse.Provider;

/// <summary>One association that a peer opens to the hub, from its first byte to its end.</summary>
internal sealed class ProvidedAssociation
{
    private readonly ConnectionContext context;
    private readonly Peer connection;
    private readonly ProvidedServices services;
    private readonly AssociationLink link;

    public ProvidedAssociation(ConnectionContext context, Peer connection, ProvidedServices services)
    {
        this.context = context;
        this.connection = connection;
        this.services = services;
        link = new AssociationLink(
            context.Transport.Input, context.Transport.Output.AsStream(leaveOpen: true), context.Features.Get<IConnectionSocketFeature>()?.Socket,
            services.Options.Limits, services.Time, requestor: false, context.Abort);
    }

    /// <summary>Completes when the connection is done with; does not throw for what a peer can do.</summary>
    public async Task RunAsync()
    {
        context.Features.Get<IConnectionHeartbeatFeature>()?.OnHeartbeat(static state => ((AssociationLink)state).OnHeartbeat(), link);
        var stopping = context.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? CancellationToken.None;
        await using var wake = stopping.UnsafeRegister(static state => ((AssociationLink)state!).Wake(), link);
        var reason = await NegotiateAsync(stopping);
        DimseLog.Ended(services.Logger, connection.Address, reason);
    }

    private async Task<string> NegotiateAsync(CancellationToken stopping)
    {
        while (true)
        {
            var (happened, part) = await link.NextAsync();
            switch (happened)
            {
                case LinkEvent.Requested: return await DecideAsync(part.Bytes, stopping);
                case LinkEvent.Woken when !stopping.IsCancellationRequested: continue;
                case LinkEvent.Violated:
                    DimseLog.Violated(services.Logger, connection.Address, link.Violation);
                    return "it broke the protocol before an association";
                default: return "it asked for no association";
            }
        }
    }

    private async Task<string> DecideAsync(ReadOnlySequence<byte> bytes, CancellationToken stopping)
    {
        var read = AssociateReading.Request(bytes.IsSingleSegment ? bytes.FirstSpan : bytes.ToArray());
        if (!read.Accepted)
        {
            DimseLog.Violated(services.Logger, connection.Address, AbortCause.InvalidParameter);
            await link.AbortAsync(AbortCause.InvalidParameter);
            return read.Rejection.ToString();
        }

        var request = read.Value;
        if ((request.ProtocolVersion & 1) == 0) return await RefuseAsync(AssociationRefusal.ProtocolVersionUnsupported, RejectionCode.ProtocolDataUnitInvalid);
        if (request.ApplicationContext != Implementation.ApplicationContext)
        {
            return await RefuseAsync(AssociationRefusal.ApplicationContextUnsupported, RejectionCode.ProtocolDataUnitInvalid);
        }

        if (request.CalledAeTitle != services.Options.AeTitle) return await RefuseAsync(AssociationRefusal.CalledAeTitleUnknown, RejectionCode.CalledAeTitleUnknown);
        var known = services.Check.Check(request.CallingAeTitle, connection);
        if (!known.Accepted) return await RefuseAsync(PeerCheck.RefusalFor(known.Rejection.Code), known.Rejection.Code);
        if (!link.Writer.Fit(request.User.MaxPduLength)) return await RefuseAsync(AssociationRefusal.NoReason, RejectionCode.ProtocolDataUnitInvalid);
        if (services.Count.Full || !services.Count.TryEnter(request.CallingAeTitle))
        {
            return await RefuseAsync(AssociationRefusal.LocalLimitExceeded, RejectionCode.TooManyAssociations);
        }

        try
        {
            return await ServeAsync(request, known.Value, stopping);
        }
        finally
        {
            services.Count.Leave(request.CallingAeTitle);
        }
    }

    private async Task<string> ServeAsync(AssociateRequest request, KnownPeer peer, CancellationToken stopping)
    {
        var (answer, terms) = ContextChoice.Answer(request, peer.Entity, services.Options.Limits.MaxPduLength);
        try
        {
            await link.AcceptAsync(answer);
        }
        catch (IOException)
        {
            return "it went before it had its answer";
        }

        DimseLog.Established(services.Logger, peer.Name, terms.Contexts.Count);
        var exchange = new MessageExchange(
            link, terms, services.Options.Limits, new ProvidedOperations(services, connection, request.CallingAeTitle), peer.Name, services.Logger);
        var reason = await exchange.RunAsync(services.Options.DrainTimeout, stopping);
        if (link.Violation != default) DimseLog.Violated(services.Logger, peer.Name, link.Violation);
        return reason;
    }

    private async Task<string> RefuseAsync(AssociationRefusal refusal, RejectionCode code)
    {
        DimseLog.Refused(services.Logger, connection.Address, refusal, code);
        await link.RefuseAsync(refusal);
        return "refused";
    }
}
