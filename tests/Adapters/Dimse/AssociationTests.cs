using System.Net;
using System.Net.Sockets;
using EHealthPlus.Adapters.Dimse.Negotiation;
using EHealthPlus.Adapters.Dimse.Transport;
using EHealthPlus.Adapters.Dimse.UpperLayer;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Connections;

namespace EHealthPlus.Tests.Adapters.Dimse;

/// <summary>Who is let in, and what is agreed on.</summary>
public class AssociationTests
{
    private static readonly DicomPeer Both = new("TESTSCU", "imaging", MayQuery: true);

    [Theory]
    [InlineData("STRANGER", "EHEALTHPLUS", 1, "1.2.840.10008.3.1.1.1", new byte[] { 0, 1, 1, 3 })]
    [InlineData("SLEEPING", "EHEALTHPLUS", 1, "1.2.840.10008.3.1.1.1", new byte[] { 0, 1, 1, 1 })]
    [InlineData("TESTSCU", "ANOTHER", 1, "1.2.840.10008.3.1.1.1", new byte[] { 0, 1, 1, 7 })]
    [InlineData("TESTSCU", "EHEALTHPLUS", 2, "1.2.840.10008.3.1.1.1", new byte[] { 0, 1, 2, 2 })]
    [InlineData("TESTSCU", "EHEALTHPLUS", 1, "1.2.3", new byte[] { 0, 1, 1, 2 })]
    public async Task Who_may_not_come_in_is_told_why(string calling, string called, ushort version, string application, byte[] answer)
    {
        await using var server = await DimseServer.StartAsync();
        using var peer = await RawPeer.ConnectAsync(server.Port);

        await peer.SendAsync(RawPeer.Request(calling, called, version, application));

        var reply = await peer.ReadAsync();
        Assert.Equal((byte)PduType.AssociateReject, reply!.Value.Type);
        Assert.Equal(answer, reply.Value.Body);
        await Eventually.TrueAsync(() => server.Log.Entries.Any(entry => entry.Event == 1903), "the refusal is logged");
    }

    [Fact]
    public async Task A_port_that_another_program_has_is_named_at_the_start()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var transport = new DimseTransport();

        var taken = await Assert.ThrowsAsync<AddressInUseException>(() => transport.BindAsync(new DimseEndPoint((IPEndPoint)other.LocalEndpoint), default).AsTask());

        Assert.NotNull(taken.InnerException);
        Assert.False(transport.CanBind(other.LocalEndpoint));
    }

    [Fact]
    public async Task A_certificate_that_is_refused_while_the_association_is_open_refuses_the_next_operation()
    {
        await using var server = await DimseServer.StartAsync();
        using var peer = await RawPeer.AssociateAsync(server.Port);
        await peer.SendAsync(RawPeer.EchoCommand());
        Assert.Equal(0, (await peer.ReadAnswerAsync()).Status);

        server.Registry.CertificateRefusal = RejectionCode.CertificateRevoked;
        await peer.SendAsync(RawPeer.EchoCommand());

        Assert.Equal(0x0124, (await peer.ReadAnswerAsync()).Status);
    }

    [Fact]
    public async Task A_peer_with_the_smallest_pdu_gets_none_longer()
    {
        await using var server = await DimseServer.StartAsync();
        using var peer = await RawPeer.ConnectAsync(server.Port);
        await peer.SendAsync(RawPeer.Request(maxPdu: 64));
        Assert.Equal((byte)PduType.AssociateAccept, (await peer.ReadAsync())!.Value.Type);

        await peer.SendAsync(RawPeer.EchoCommand());

        byte[] body;
        do
        {
            body = (await peer.ReadAsync())!.Value.Body;
            Assert.InRange(body.Length, 8, 64);
        }
        while ((body[5] & 2) == 0);
    }

    [Fact]
    public async Task A_release_is_answered()
    {
        await using var server = await DimseServer.StartAsync();
        using var peer = await RawPeer.AssociateAsync(server.Port);

        await peer.SendAsync(AssociateWriting.Release(PduType.ReleaseRequest));

        Assert.Equal((byte)PduType.ReleaseReply, (await peer.ReadAsync())!.Value.Type);
    }

    [Fact]
    public void Of_the_syntaxes_that_can_be_kept_the_one_listed_first_is_chosen()
    {
        var answer = Answer([new(1, TestInstance.CtImageStorage, ["1.2.840.113619.5.2", "1.2.840.10008.1.2.4.94", "1.2.840.10008.1.2.4.90", TransferSyntax.ExplicitLittleEndian])]);

        Assert.Equal(new AnsweredContext(1, ContextResult.Accepted, "1.2.840.10008.1.2.4.90"), Assert.Single(answer.Contexts));
    }

    [Fact]
    public void Each_context_is_answered_by_what_it_is_for()
    {
        var answer = Answer(
        [
            new(1, "1.2.276.0.7230010.3.1.0.1", [TransferSyntax.ImplicitLittleEndian]),
            new(3, "1.2.840.10008.5.1.1.9", [TransferSyntax.ImplicitLittleEndian]),
            new(5, TestInstance.CtImageStorage, ["1.2.840.113619.5.2"]),
            new(7, SopClass.StudyRootFind, [TransferSyntax.ExplicitLittleEndian]),
        ], Both with { MayQuery = false });

        Assert.Equal(
            [ContextResult.Accepted, ContextResult.AbstractSyntaxUnsupported, ContextResult.TransferSyntaxesUnsupported, ContextResult.UserRejected],
            answer.Contexts.Select(context => context.Result));
    }

    [Fact]
    public void The_role_of_scp_is_given_to_who_reads_for_c_get()
    {
        var user = new UserInformation { Roles = [new(TestInstance.CtImageStorage, true, true)] };

        var reader = Answer([new(1, TestInstance.CtImageStorage, [TransferSyntax.ExplicitLittleEndian])], Both with { MayStore = false }, user);
        var sender = Answer([new(1, TestInstance.CtImageStorage, [TransferSyntax.ExplicitLittleEndian])], Both with { MayQuery = false }, user);

        Assert.Equal(new RoleSelection(TestInstance.CtImageStorage, false, true), Assert.Single(reader.User.Roles));
        Assert.Equal(new RoleSelection(TestInstance.CtImageStorage, true, false), Assert.Single(sender.User.Roles));
    }

    [Fact]
    public void Window_identity_and_extended_negotiation_are_answered_and_survive_the_wire()
    {
        var user = new UserInformation
        {
            Window = new(0, 0), Identity = new(2, true), Extended = [new(SopClass.StudyRootFind, [1, 1, 1])], MaxPduLength = 5000,
        };

        var answer = Answer([new(1, SopClass.StudyRootFind, [TransferSyntax.ImplicitLittleEndian])], Both, user);
        var read = AssociateReading.Accept(AssociateWriting.Accept(answer).AsSpan(6)).Value;

        Assert.Equal(new OperationsWindow(ContextChoice.LargestWindow, 1), read.User.Window);
        Assert.True(read.User.IdentityConfirmed);
        Assert.Equal([1, 0, 0], Assert.Single(read.User.Extended).Information);
        Assert.Equal(262144u, read.User.MaxPduLength);
        Assert.Equal(Implementation.ClassUid, read.User.ImplementationClassUid);
    }

    [Fact]
    public void A_hundred_and_twenty_eight_contexts_are_read_and_one_more_is_refused()
    {
        var contexts = Enumerable.Range(0, 128).Select(number => new ProposedContext((byte)((number * 2) + 1), $"1.2.{number}", [TransferSyntax.ImplicitLittleEndian])).ToList();

        var read = AssociateReading.Request(Written(contexts));

        Assert.Equal(contexts.Select(context => (context.Id, context.AbstractSyntax)), read.Value.Contexts.Select(context => (context.Id, context.AbstractSyntax)));
        Assert.Equal(RejectionCode.ProtocolDataUnitInvalid, AssociateReading.Request(Written([.. contexts, contexts[0]])).Rejection?.Code);
    }

    private static ReadOnlySpan<byte> Written(IReadOnlyList<ProposedContext> contexts) =>
        AssociateWriting.Request(new(1, "EHEALTHPLUS", "TESTSCU", Implementation.ApplicationContext, contexts, Implementation.Information(16384))).AsSpan(6);

    private static AssociateAccept Answer(IReadOnlyList<ProposedContext> contexts, DicomPeer? peer = null, UserInformation? user = null) =>
        ContextChoice.Answer(new(1, "EHEALTHPLUS", "TESTSCU", Implementation.ApplicationContext, contexts, user ?? new()), peer ?? Both, 262144).Answer;
}
