using EHealthPlus.Adapters.Dimse;
using EHealthPlus.Adapters.Dimse.Negotiation;
using EHealthPlus.Adapters.Dimse.UpperLayer;

namespace EHealthPlus.Tests.Adapters.Dimse;

/// <summary>What is no protocol, or stops in the middle of it, is answered by the standard's rules, leaves nothing behind, and holds up nobody.</summary>
public class BrokenInputTests
{
    private static readonly DimseOptions Impatient = new()
    {
        Limits = new() { AssociationTimeout = TimeSpan.FromSeconds(10), IdleTimeout = TimeSpan.FromSeconds(1), PduTimeout = TimeSpan.FromSeconds(1), MinimumRate = 1024 * 1024 },
    };

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: hub\r\n\r\n")]
    [InlineData("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003")]
    public async Task Another_protocol_gets_an_abort_for_an_unrecognized_pdu(string bytes)
    {
        await using var server = await DimseServer.StartAsync();
        using var peer = await RawPeer.ConnectAsync(server.Port);

        await peer.SendAsync(System.Text.Encoding.Latin1.GetBytes(bytes));

        var answer = await peer.ReadAsync();
        Assert.Equal((byte)PduType.Abort, answer!.Value.Type);
        Assert.Equal([0, 0, 2, 1], answer.Value.Body);
    }

    [Fact]
    public async Task Data_before_an_association_gets_an_abort_for_an_unexpected_pdu()
    {
        await using var server = await DimseServer.StartAsync();
        using var peer = await RawPeer.ConnectAsync(server.Port);

        await peer.SendAsync(RawPeer.EchoCommand());

        Assert.Equal([0, 0, 2, 2], (await peer.ReadAsync())!.Value.Body);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    public async Task A_pdu_out_of_order_aborts_the_association(byte type)
    {
        await using var server = await DimseServer.StartAsync();
        using var peer = await RawPeer.AssociateAsync(server.Port);

        await peer.SendAsync([type, 0, 0, 0, 0, 4, 0, 0, 0, 0]);

        var answer = await peer.ReadAsync();
        Assert.Equal((byte)PduType.Abort, answer!.Value.Type);
        Assert.Equal([0, 0, 2, 2], answer.Value.Body);
    }

    [Fact]
    public async Task A_second_request_on_an_association_aborts_it()
    {
        await using var server = await DimseServer.StartAsync();
        using var peer = await RawPeer.AssociateAsync(server.Port);

        await peer.SendAsync(RawPeer.Request());

        Assert.Equal([0, 0, 2, 2], (await peer.ReadAsync())!.Value.Body);
    }

    [Theory]
    [InlineData(new byte[] { 4, 0, 0xFF, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { 4, 0, 0, 4, 0, 1 })]
    [InlineData(new byte[] { 4, 0, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 4, 0, 0, 0, 0, 12, 0xFF, 0xFF, 0xFF, 0xFF, 1, 3 })]
    [InlineData(new byte[] { 4, 0, 0, 0, 0, 12, 0, 0, 0, 1, 1, 3 })]
    [InlineData(new byte[] { 4, 0, 0, 0, 0, 12, 0, 0, 0, 8, 2, 3 })]
    public async Task A_length_or_context_that_cannot_be_is_an_invalid_parameter(byte[] pdu)
    {
        await using var server = await DimseServer.StartAsync();
        using var peer = await RawPeer.AssociateAsync(server.Port);

        await peer.SendAsync(pdu, new byte[8]);

        Assert.Equal([0, 0, 2, 6], (await peer.ReadAsync())!.Value.Body);
    }

    [Fact]
    public async Task A_data_set_without_a_command_aborts()
    {
        await using var server = await DimseServer.StartAsync();
        using var peer = await RawPeer.AssociateAsync(server.Port);

        await peer.SendAsync(RawPeer.Data(1, 2, new byte[100]));

        Assert.Equal((byte)PduType.Abort, (await peer.ReadAsync())!.Value.Type);
    }

    [Fact]
    public async Task A_command_set_longer_than_the_limit_aborts()
    {
        await using var server = await DimseServer.StartAsync();
        using var peer = await RawPeer.AssociateAsync(server.Port);

        for (var part = 0; part < 5; part++) await peer.SendAsync(RawPeer.Data(1, 1, new byte[16000]));

        Assert.Equal((byte)PduType.Abort, (await peer.ReadAsync())!.Value.Type);
    }

    [Fact]
    public async Task A_connection_that_says_nothing_is_closed_after_artim()
    {
        await using var server = await DimseServer.StartAsync(new() { Limits = new() { AssociationTimeout = TimeSpan.FromSeconds(1) } });
        using var peer = await RawPeer.ConnectAsync(server.Port);

        Assert.Null(await peer.ReadAsync());
    }

    [Fact]
    public async Task Half_a_pdu_and_then_silence_ends_the_association_and_leaves_nothing()
    {
        await using var server = await DimseServer.StartAsync(Impatient);
        using var peer = await RawPeer.AssociateAsync(server.Port);

        await peer.SendAsync(RawPeer.StoreCommand("2.25.1.1"), RawPeer.Data(1, 2, new byte[5000])[..2000]);

        Assert.Equal((byte)PduType.Abort, (await peer.ReadAsync())!.Value.Type);
        await Eventually.TrueAsync(() => server.Kept.Open == 0, "the reception is disposed");
        Assert.Empty(server.Kept.Kept);
    }

    [Fact]
    public async Task A_sender_that_drips_is_cut_off()
    {
        await using var server = await DimseServer.StartAsync(Impatient);
        using var peer = await RawPeer.AssociateAsync(server.Port);
        await peer.SendAsync(RawPeer.StoreCommand("2.25.1.1"));
        var pdu = RawPeer.Data(1, 2, new byte[5000]);
        var answer = peer.ReadAsync();

        for (var sent = 0; sent < 1000 && !answer.IsCompleted; sent++)
        {
            await peer.SendAsync([pdu[sent]]);
            await Task.Delay(50);
        }

        Assert.Equal((byte)PduType.Abort, (await answer)!.Value.Type);
        Assert.Empty(server.Kept.Kept);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stranger_that_drips_its_request_is_cut_off_as_is_a_peer_that_drips_a_release(bool associated)
    {
        await using var server = await DimseServer.StartAsync(new() { Limits = Impatient.Limits with { AssociationTimeout = TimeSpan.FromSeconds(1), IdleTimeout = TimeSpan.FromSeconds(5) } });
        using var peer = associated ? await RawPeer.AssociateAsync(server.Port) : await RawPeer.ConnectAsync(server.Port);
        var pdu = associated ? [5, 0, 0, 0, 1, 0, .. new byte[256]] : RawPeer.Request();
        var answer = peer.ReadAsync();

        for (var sent = 0; sent < pdu.Length - 1 && !answer.IsCompleted; sent++)
        {
            try
            {
                await peer.SendAsync([pdu[sent]]);
            }
            catch (IOException)
            {
                // The connection is gone, and what reads from it learns so a moment later.
                await answer;
                break;
            }

            await Task.Delay(50);
        }

        // At least 256 bytes would take 13 seconds.
        Assert.True(answer.IsCompleted, "the connection is still open");
        Assert.Equal(associated ? (byte)PduType.Abort : null, (await answer)?.Type);
    }

    [Fact]
    public async Task All_the_contexts_that_there_can_be_with_many_transfer_syntaxes_fit_into_a_request()
    {
        await using var server = await DimseServer.StartAsync();
        using var peer = await RawPeer.ConnectAsync(server.Port);
        var syntaxes = Enumerable.Range(1, 35).Select(number => $"1.2.840.10008.1.2.4.{number}").ToList();
        var contexts = Enumerable.Range(0, 128).Select(number => new ProposedContext((byte)((number * 2) + 1), $"1.2.840.10008.5.1.4.1.1.{number}", syntaxes)).ToList();

        await peer.SendAsync(AssociateWriting.Request(new(1, "EHEALTHPLUS", "TESTSCU", Implementation.ApplicationContext, contexts, Implementation.Information(16384))));

        Assert.Equal((byte)PduType.AssociateAccept, (await peer.ReadAsync())!.Value.Type);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_breaks_off_in_the_middle_of_an_object_is_not_kept(bool abort)
    {
        await using var server = await DimseServer.StartAsync();
        using var peer = await RawPeer.AssociateAsync(server.Port);
        await peer.SendAsync(RawPeer.StoreCommand("2.25.1.1"), RawPeer.Data(1, 0, new byte[5000]));
        await Eventually.TrueAsync(() => server.Kept.Open == 1, "the object has begun");

        if (abort) await peer.SendAsync(AssociateWriting.Abort(AbortCause.User));
        else peer.Reset();

        await Eventually.TrueAsync(() => server.Kept.Open == 0, "the reception is disposed");
        Assert.Empty(server.Kept.Kept);
    }

    [Fact]
    public async Task A_request_cut_off_at_any_byte_never_opens_an_association()
    {
        var request = RawPeer.Request();
        for (var length = 0; length < request.Length - 6; length++)
        {
            var body = request[6..(6 + length)];

            Assert.False(AssociateReading.Request(body).Accepted && length < 100, $"{length} bytes were taken for a request");
            _ = AssociateReading.Accept(body);
        }

        await using var server = await DimseServer.StartAsync();
        using var peer = await RawPeer.ConnectAsync(server.Port);
        var cut = request[..80];
        cut[4] = 0;
        cut[5] = 74;
        await peer.SendAsync(cut);
        Assert.Equal([0, 0, 2, 6], (await peer.ReadAsync())!.Value.Body);
    }

    [Fact]
    public async Task Five_hundred_associations_at_once_are_all_served_or_refused_with_a_reason()
    {
        await using var server = await DimseServer.StartAsync(new DimseOptions { MaxAssociationsOfPeer = 450 });

        var peers = await Task.WhenAll(Enumerable.Range(0, 500).Select(async _ =>
        {
            var peer = await RawPeer.ConnectAsync(server.Port);
            await peer.SendAsync(RawPeer.Request());
            return (Peer: peer, Answer: await peer.ReadAsync());
        }));

        Assert.Equal(450, peers.Count(peer => peer.Answer!.Value.Type == (byte)PduType.AssociateAccept));
        Assert.All(peers.Where(peer => peer.Answer!.Value.Type == (byte)PduType.AssociateReject), peer => Assert.Equal([0, 2, 3, 2], peer.Answer!.Value.Body));
        var served = peers.First(peer => peer.Answer!.Value.Type == (byte)PduType.AssociateAccept).Peer;
        await served.SendAsync(RawPeer.EchoCommand());
        Assert.Equal(0, (await served.ReadAnswerAsync()).Status);
        foreach (var (peer, _) in peers) peer.Dispose();
    }
}
