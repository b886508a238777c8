using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EHealthPlus.Adapters.Dimse;
using EHealthPlus.Adapters.Dimse.Commands;
using EHealthPlus.Adapters.Dimse.Messages;
using EHealthPlus.Adapters.Dimse.Negotiation;
using EHealthPlus.Adapters.Dimse.UpperLayer;
using EHealthPlus.Adapters.Dimse.User;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Tests.Adapters.Dimse.Fakes;

namespace EHealthPlus.Tests.Adapters.Dimse;

/// <summary>The side that opens associations.</summary>
public class UserTests
{
    private static readonly InstanceKind Ct = new(TestInstance.CtImageStorage, TransferSyntax.ExplicitLittleEndian);

    [Fact]
    public async Task What_we_send_comes_in_byte_by_byte_and_several_at_a_time()
    {
        await using var server = await DimseServer.StartAsync();
        await using var user = await DicomUser.OpenToStoreAsync(To(server) with { Window = 8 }, [Ct], [], TimeProvider.System, default);

        var outcomes = await Task.WhenAll(Enumerable.Range(1, 40).Select(number =>
            user.StoreAsync(Ct, $"2.25.5.{number}", new MemoryStream(TestInstance.DataSet($"2.25.5.{number}", number * 20_000)), default)));
        await user.ReleaseAsync(default);

        Assert.Equal(8, user.Window);
        Assert.All(outcomes, outcome => Assert.True(outcome.Stored));
        Assert.Equal(TestInstance.DataSet("2.25.5.40", 800_000), server.Kept.BytesOf("2.25.5.40"));
    }

    [Fact]
    public async Task A_refused_association_says_why()
    {
        await using var server = await DimseServer.StartAsync();

        var refused = await Assert.ThrowsAsync<AssociationRefusedException>(() =>
            DicomUser.OpenToStoreAsync(To(server) with { CallingAeTitle = "STRANGER" }, [Ct], [], TimeProvider.System, default));

        Assert.Equal(AssociationRefusal.CallingAeTitleUnknown, refused.Refusal);
    }

    [Fact]
    public async Task Echo_and_release_go_over_one_association()
    {
        await using var server = await DimseServer.StartAsync();
        await using var user = await DicomUser.OpenToStoreAsync(To(server), [], [], TimeProvider.System, default);

        Assert.Equal(0, await user.EchoAsync(default));
        await user.ReleaseAsync(default);
    }

    [Fact]
    public async Task A_move_gives_an_uncompressed_instance_in_the_syntax_that_the_destination_takes()
    {
        // The hub moves to itself: a second AE title at its own address, which takes implicit little endian only, is a raw listener.
        await using var server = await DimseServer.StartAsync();
        await DcmtkQueryTests.FillAsync(server, 1);
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        await server.Registry.SaveAsync(new DicomPeer("IMPLICIT", "imaging", "127.0.0.1", ((System.Net.IPEndPoint)listener.LocalEndpoint).Port), default);
        var received = ReceiveOneAsync(listener);
        await using var user = await DicomQuery.OpenAsync(To(server), TimeProvider.System, default);

        QueryAnswer? last = null;
        await foreach (var answer in DicomQuery.MoveAsync(user, OneStudy(), "IMPLICIT", default)) last = answer;

        Assert.Equal(0, last!.Status);
        Assert.Equal(new SubOperations(null, 1, 0, 0), last.SubOperations);
        Assert.Equal(TestInstance.DataSet("2.25.88.1", 9000).Select(value => (byte)(value ^ 0xFF)), await received);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_move_over_TLS_goes_to_who_proves_to_be_the_destination_and_to_nobody_else(bool itself)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=synthetic", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var asked = false;
        await using var server = await DimseServer.StartAsync(calls: new()
        {
            Certificate = certificate,
            Knows = shown =>
            {
                asked = shown.Equals(certificate);
                return itself;
            },
        });
        await DcmtkQueryTests.FillAsync(server, 1);
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        await server.Registry.SaveAsync(new DicomPeer("IMPLICIT", "imaging", "127.0.0.1", ((System.Net.IPEndPoint)listener.LocalEndpoint).Port), default);
        var received = ReceiveOneAsync(listener, certificate);
        await using var user = await DicomQuery.OpenAsync(To(server), TimeProvider.System, default);

        QueryAnswer? last = null;
        await foreach (var answer in DicomQuery.MoveAsync(user, OneStudy(), "IMPLICIT", default)) last = answer;

        Assert.True(asked);
        Assert.Equal(itself ? 0 : 0xA801, last!.Status);
        if (itself) Assert.Equal(TestInstance.DataSet("2.25.88.1", 9000).Length, (await received).Length);
    }

    [Fact]
    public async Task A_destination_that_does_not_answer_the_release_does_not_hold_up_the_answer_to_the_move()
    {
        await using var server = await DimseServer.StartAsync(new() { Limits = new() { AssociationTimeout = TimeSpan.FromSeconds(1) } });
        await DcmtkQueryTests.FillAsync(server, 1);
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        await server.Registry.SaveAsync(new DicomPeer("IMPLICIT", "imaging", "127.0.0.1", ((System.Net.IPEndPoint)listener.LocalEndpoint).Port), default);
        var received = ReceiveOneAsync(listener, releases: false);
        await using var user = await DicomQuery.OpenAsync(To(server), TimeProvider.System, default);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));

        QueryAnswer? last = null;
        await foreach (var answer in DicomQuery.MoveAsync(user, OneStudy(), "IMPLICIT", limit.Token)) last = answer;

        Assert.Equal((0, new SubOperations(null, 1, 0, 0)), (last!.Status, last.SubOperations));
        // Cut off, or closed: either is the end.
        await Task.WhenAny(received);
    }

    [Fact]
    public async Task A_find_is_one_question_and_says_that_there_is_more_than_it_gives()
    {
        await using var server = await DimseServer.StartAsync(new() { MaxMatches = 450 });
        server.Kept.OnFind = query => Enumerable.Range(query.Skip, query.Count).Select(number => new ImagingMatch(new($"2.25.{number}", "", ""), "P1", "imaging-centre", InstanceState.Filed, [])).ToList();
        await using var user = await DicomQuery.OpenAsync(To(server), TimeProvider.System, default);
        var identifier = new FlatIdentifiers().Write("""{"00080052":{"vr":"CS","Value":["STUDY"]},"00100010":{"vr":"PN","Value":["S*"]}}"""u8.ToArray(), DicomQuery.IdentifierSyntax, null).Value;

        var answers = new List<QueryAnswer>();
        await foreach (var answer in DicomQuery.FindAsync(user, identifier, default)) answers.Add(answer);

        Assert.Equal((451, 0xA700), (answers.Count, answers[^1].Status));
        var (_, asked) = Assert.Single(server.Kept.Queries);
        Assert.Equal((0, 451), (asked.Skip, asked.Count));
    }

    [Fact]
    public async Task Storage_commitment_is_reported_on_the_same_association()
    {
        await using var server = await DimseServer.StartAsync();
        await DcmtkQueryTests.FillAsync(server, 2);
        server.Kept.Damaged.Add("2.25.88.2");
        var reports = new Reports();
        await using var user = await DicomUser.OpenAsync(
            To(server), [new(1, SopClass.StorageCommitmentPushModel, [TransferSyntax.ExplicitLittleEndian])], [], reports, TimeProvider.System, null, default);
        var action = new FlatIdentifiers().Write(
            """
            {"00081195":{"vr":"UI","Value":["2.25.999"]},"00081199":{"vr":"SQ","Value":[
            {"00081150":{"vr":"UI","Value":["1.2.840.10008.5.1.4.1.1.2"]},"00081155":{"vr":"UI","Value":["2.25.88.1"]}},
            {"00081150":{"vr":"UI","Value":["1.2.840.10008.5.1.4.1.1.2"]},"00081155":{"vr":"UI","Value":["2.25.88.404"]}},
            {"00081150":{"vr":"UI","Value":["1.2.840.10008.5.1.4.1.1.2"]},"00081155":{"vr":"UI","Value":["2.25.88.2"]}}]}}
            """u8.ToArray(), TransferSyntax.ExplicitLittleEndian, null).Value;

        using var request = await user.Exchange.RequestAsync(1, id => new()
        {
            Field = CommandField.ActionRequest, MessageId = id, ActionTypeId = 1,
            RequestedSopClassUid = SopClass.StorageCommitmentPushModel, RequestedSopInstanceUid = SopClass.StorageCommitmentInstance,
        }, action);

        Assert.Equal(0, (await request.NextAsync(default)).Status);
        var (command, dataSet) = await reports.First.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal((ushort)2, command.EventTypeId);
        var json = System.Text.Json.Nodes.JsonNode.Parse(new FlatIdentifiers().Read(dataSet, TransferSyntax.ExplicitLittleEndian, null).Value.Span)!;
        Assert.Equal("2.25.88.1", json["00081199"]!["Value"]![0]!["00081155"]!["Value"]![0]!.GetValue<string>());
        Assert.Equal(
            [("2.25.88.404", 0x0112), ("2.25.88.2", 0x0110)],
            json["00081198"]!["Value"]!.AsArray().Select(failed => (failed!["00081155"]!["Value"]![0]!.GetValue<string>(), (int)failed["00081197"]!["Value"]![0]!.GetValue<ushort>())));
        Assert.Equal(server.Kept.Kept["2.25.88.1"].Key.StudyInstanceUid, Assert.Single(server.Kept.WholeStudies).Study);
    }

    private static DicomUserOptions To(DimseServer server) => new() { Host = "127.0.0.1", Port = server.Port, CallingAeTitle = "TESTSCU", CalledAeTitle = "EHEALTHPLUS" };

    private static ReadOnlyMemory<byte> OneStudy() =>
        new FlatIdentifiers().Write("""{"00080052":{"vr":"CS","Value":["STUDY"]},"0020000D":{"vr":"UI","Value":["2.25.88"]}}"""u8.ToArray(), DicomQuery.IdentifierSyntax, null).Value;

    /// <param name="certificate">Null for plain TCP; else the caller has to show it too.</param>
    private static async Task<byte[]> ReceiveOneAsync(System.Net.Sockets.TcpListener listener, X509Certificate2? certificate = null, bool releases = true)
    {
        using var socket = await listener.AcceptSocketAsync();
        await using Stream stream = certificate is null ? new System.Net.Sockets.NetworkStream(socket) : new SslStream(new System.Net.Sockets.NetworkStream(socket), false, (_, shown, _, _) => shown?.Equals(certificate) == true);
        if (stream is SslStream secured) await secured.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate, ClientCertificateRequired = true });
        var dataSet = new MemoryStream();
        byte context = 0;
        while (true)
        {
            var header = new byte[6];
            if (await stream.ReadAtLeastAsync(header, 6, throwOnEndOfStream: false) < 6) return dataSet.ToArray();
            var body = new byte[System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(2))];
            await stream.ReadExactlyAsync(body);
            if (header[0] == 1)
            {
                var request = AssociateReading.Request(body).Value;
                var answers = request.Contexts.Select(proposed => proposed.TransferSyntaxes.Contains(TransferSyntax.ImplicitLittleEndian)
                    ? new AnsweredContext(proposed.Id, ContextResult.Accepted, TransferSyntax.ImplicitLittleEndian)
                    : new AnsweredContext(proposed.Id, ContextResult.TransferSyntaxesUnsupported, proposed.TransferSyntaxes[0])).ToList();
                await stream.WriteAsync(AssociateWriting.Accept(new("IMPLICIT", "EHEALTHPLUS", request.ApplicationContext, answers, Implementation.Information(4096))));
            }
            else if (header[0] == 5 && releases)
            {
                await stream.WriteAsync(AssociateWriting.Release(PduType.ReleaseReply));
            }
            else if (header[0] == 4)
            {
                Assert.InRange(body.Length, 6, 4096);
                for (var at = 0; at < body.Length;)
                {
                    var length = (int)System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(at));
                    context = body[at + 4];
                    var control = body[at + 5];
                    if (control >> 1 << 1 == control) dataSet.Write(body, at + 6, length - 2);
                    at += 4 + length;
                    if (control != 2) continue;
                    var answer = new byte[CommandWriting.MaxLength];
                    var written = CommandWriting.Write(new() { Field = CommandField.StoreRequest, IsAnswer = true, MessageId = 1, Status = 0 }, answer);
                    await stream.WriteAsync(RawPeer.Data(context, 3, answer.AsSpan(0, written)));
                }
            }
        }
    }

    private sealed class Reports : IRequestHandler
    {
        public TaskCompletionSource<(CommandSet Command, ReadOnlyMemory<byte> DataSet)> First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ValueTask<IIncomingMessage?> BeginAsync(Operation operation, CancellationToken cancellationToken) => ValueTask.FromResult<IIncomingMessage?>(new Report(this, operation));

        private sealed class Report(Reports all, Operation operation) : IIncomingMessage
        {
            private readonly SmallDataSet dataSet = new(10_000);

            public ValueTask WriteAsync(ReadOnlyMemory<byte> part, CancellationToken cancellationToken)
            {
                dataSet.Write(part.Span);
                return ValueTask.CompletedTask;
            }

            public async Task CompleteAsync()
            {
                await operation.SendAsync(operation.Answer(0));
                all.First.TrySetResult((operation.Command, dataSet.Bytes));
            }

            public ValueTask AbandonAsync() => ValueTask.CompletedTask;
        }
    }
}
