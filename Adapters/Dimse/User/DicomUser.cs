using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using EHealthPlus.Adapters.Dimse.Commands;
using EHealthPlus.Adapters.Dimse.Messages;
using EHealthPlus.Adapters.Dimse.Negotiation;
using EHealthPlus.Adapters.Dimse.UpperLayer;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EHealthPlus.Adapters.Dimse.User;

/// <summary>An association that we open to another application entity, as SCU of its services.</summary>
public sealed class DicomUser : IAsyncDisposable
{
    private readonly Socket socket;
    private readonly Stream stream;
    private readonly AssociationLink link;
    private readonly ITimer heartbeat;
    private readonly TimeProvider time;
    private MessageExchange? exchange;
    private Task<string>? running;

    private DicomUser(Socket socket, Stream stream, LinkLimits limits, TimeProvider time)
    {
        this.socket = socket;
        this.stream = stream;
        this.time = time;
        link = new AssociationLink(PipeReader.Create(stream, new(bufferSize: 64 * 1024, leaveOpen: true)), stream, socket, limits, time, requestor: true, Cut);
        heartbeat = time.CreateTimer(static state => ((AssociationLink)state!).OnHeartbeat(), link, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    internal MessageExchange Exchange => exchange ?? throw new InvalidOperationException("Not associated");

    /// <summary>Operations that may be sent ahead of their answers.</summary>
    public int Window => Exchange.Terms.Window;

    /// <summary>Opens an association for storing instances of these kinds, and for C-ECHO.</summary>
    /// <param name="otherSyntaxes">Transfer syntaxes besides its own in which an uncompressed instance can be given.</param>
    /// <exception cref="AssociationRefusedException">The other side refused it.</exception>
    /// <exception cref="IOException">It cannot be reached, or is no DICOM application entity.</exception>
    public static Task<DicomUser> OpenToStoreAsync(
        DicomUserOptions options, IEnumerable<InstanceKind> kinds, IReadOnlyList<string> otherSyntaxes, TimeProvider time, CancellationToken cancellationToken) =>
        OpenAsync(options, StorageProposal.For(kinds, otherSyntaxes), [], null, time, null, cancellationToken);

    internal static async Task<DicomUser> OpenAsync(
        DicomUserOptions options, IReadOnlyList<ProposedContext> contexts, IReadOnlyList<RoleSelection> roles, IRequestHandler? handler, TimeProvider time,
        ILogger? logger, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.ConnectTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var (socket, stream) = await ConnectAsync(options, either.Token, limit.Token, cancellationToken);
        var user = new DicomUser(socket, stream, options.Limits, time);
        try
        {
            await user.AssociateAsync(options, contexts, roles, handler, logger ?? NullLogger.Instance);
            return user;
        }
        catch
        {
            await user.DisposeAsync();
            throw;
        }
    }

    /// <summary>C-ECHO (PS3.7-2024 9.1.5).</summary>
    /// <returns>DIMSE status.</returns>
    /// <exception cref="IOException">The association is gone, or has no context for it.</exception>
    public async Task<ushort> EchoAsync(CancellationToken cancellationToken)
    {
        using var request = await Exchange.RequestAsync(
            ContextFor(SopClass.Verification).Id, id => new() { Field = CommandField.EchoRequest, MessageId = id, AffectedSopClassUid = SopClass.Verification });
        return (await request.NextAsync(cancellationToken)).Status;
    }

    /// <summary>What the other side agreed to take an instance in: its own transfer syntax where it can be.</summary>
    /// <returns>Null where it takes none of its kind.</returns>
    public string? TransferSyntaxFor(InstanceKind kind) => StorageContext(kind)?.TransferSyntax;

    /// <summary>C-STORE (PS3.7-2024 9.1.1). Calls may overlap, up to <see cref="Window"/>.</summary>
    /// <param name="dataSet">Data set in the transfer syntax that <see cref="TransferSyntaxFor"/> names.</param>
    /// <exception cref="IOException">The association is gone, or the data set could not be read: then it is aborted.</exception>
    public Task<StoreOutcome> StoreAsync(InstanceKind kind, string sopInstanceUid, Stream dataSet, CancellationToken cancellationToken) =>
        StoreAsync(kind, sopInstanceUid, into => into.CopyFromAsync(dataSet), null, cancellationToken);

    /// <summary>Releases the association (PS3.8-2024 7.2).</summary>
    /// <exception cref="IOException">It was gone already, or the other side did not answer within ARTIM: then it is cut off.</exception>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        await link.AskReleaseAsync(cancellationToken);
        try
        {
            await running!.WaitAsync(Exchange.Limits.AssociationTimeout, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            Cut();
            throw new IOException("The other side did not answer the release");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await heartbeat.DisposeAsync();
        Cut();
        if (running is not null) await running;
        await stream.DisposeAsync();
    }

    /// <summary>Closes the transport: the other side takes it for an abort.</summary>
    internal void Cut() => socket.Close();

    internal async Task<StoreOutcome> StoreAsync(
        InstanceKind kind, string sopInstanceUid, Func<FragmentStream, ValueTask> write, MoveOrigin? origin, CancellationToken cancellationToken)
    {
        if (StorageContext(kind) is not { } context) return new(RejectionTable.Of(RejectionCode.TransferSyntaxUnsupported).DicomStatus, "No presentation context was agreed on for it");
        try
        {
            using var request = await Exchange.StoreAsync(context, sopInstanceUid, write, origin, cancellationToken);
            var answer = await request.NextAsync(cancellationToken);
            return new(answer.Status, answer.Command.ErrorComment);
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException)
        {
            Cut();
            throw;
        }
    }

    /// <exception cref="IOException">The other side did not agree to one.</exception>
    internal AgreedContext ContextFor(string sopClassUid) =>
        Exchange.Terms.Contexts.Values.FirstOrDefault(context => context.AbstractSyntax == sopClassUid)
        ?? throw new IOException($"The other side does not offer {sopClassUid}");

    private AgreedContext? StorageContext(InstanceKind kind) => StorageProposal.Choose(Exchange.Terms.Contexts.Values, kind);

    private async Task AssociateAsync(
        DicomUserOptions options, IReadOnlyList<ProposedContext> contexts, IReadOnlyList<RoleSelection> roles, IRequestHandler? handler, ILogger logger)
    {
        var proposal = Implementation.Information(options.Limits.MaxPduLength) with { Roles = roles, Window = options.Window == 1 ? null : new(options.Window, 1) };
        var request = new AssociateRequest(1, options.CalledAeTitle, options.CallingAeTitle, Implementation.ApplicationContext, contexts, proposal);
        await link.Writer.SendAsync(AssociateWriting.Request(request), CancellationToken.None);
        LinkEvent happened;
        PduPart part;
        do (happened, part) = await link.NextAsync();
        while (happened == LinkEvent.Woken);
        var bytes = part.Bytes.IsEmpty ? [] : System.Buffers.BuffersExtensions.ToArray(part.Bytes);
        if (happened == LinkEvent.Refused && bytes is [_, var result, var source, var reason]) throw new AssociationRefusedException((AssociationRefusal)((result << 16) | (source << 8) | reason));
        if (happened != LinkEvent.Accepted) throw new IOException($"{options.Host}:{options.Port} does not answer as a DICOM application entity ({happened})");
        var accepted = AssociateReading.Accept(bytes);
        if (!accepted.Accepted) throw new IOException(accepted.Rejection.Detail);
        if (!link.Writer.Fit(accepted.Value.User.MaxPduLength)) throw new IOException("The other side takes no PDU that anything fits into");
        var terms = StorageProposal.Agreed(request, accepted.Value);
        exchange = new MessageExchange(link, terms, options.Limits, handler ?? NoRequests.Instance, options.CalledAeTitle, logger);
        running = Task.Run(() => exchange.RunAsync(TimeSpan.FromSeconds(1), CancellationToken.None), CancellationToken.None);
    }

    private static async Task<(Socket Socket, Stream Stream)> ConnectAsync(
        DicomUserOptions options, CancellationToken either, CancellationToken limit, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Stream? opened = null;
        try
        {
            await socket.ConnectAsync(options.Host, options.Port, either);
            opened = new NetworkStream(socket, ownsSocket: true);
            if (options.Tls is { } tls)
            {
                var secured = new SslStream(opened);
                opened = secured;
                await secured.AuthenticateAsClientAsync(tls.Negotiation(options.Host), either);
            }

            return (socket, opened);
        }
        catch (Exception fault) when (fault is SocketException or AuthenticationException or IOException or OperationCanceledException)
        {
            socket.Dispose();
            if (opened is not null) await opened.DisposeAsync();
            cancellationToken.ThrowIfCancellationRequested();
            throw new IOException($"{options.Host}:{options.Port}: {(limit.IsCancellationRequested ? "no connection in time" : fault.Message)}", fault);
        }
    }
}
