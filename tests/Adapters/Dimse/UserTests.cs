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
        var identifier = new FlatIdentifiers().Write("""{"00080052":{"vr":"CS","Value":["STUDY"]},"0020000D":{"vr":"UI","Value":["2.25.88"]}}"""u8.ToArray(), DicomQuery.IdentifierSyntax, null).Value;

        QueryAnswer? last = null;
        await foreach (var answer in DicomQuery.MoveAsync(user, identifier, "IMPLICIT", default)) last = answer;

        Assert.Equal(0, last!.Status);
        Assert.Equal(new SubOperations(null, 1, 0, 0), last.SubOperations);
        Assert.Equal(TestInstance.DataSet("2.25.88.1", 9000).Select(value => (byte)(value ^ 0xFF)), await received);
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
            json["00081198"]!["Value"]!.AsArray().Select(failed => (failed!["00081155"]!["Value"]![0]!.GetValue<string>(), int.Parse(failed["00081197"]!["Value"]![0]!.ToString()))));
        Assert.Equal(server.Kept.Kept["2.25.88.1"].Key.StudyInstanceUid, Assert.Single(server.Kept.WholeStudies).Study);
    }

    private static DicomUserOptions To(DimseServer server) => new() { Host = "127.0.0.1", Port = server.Port, CallingAeTitle = "TESTSCU", CalledAeTitle = "EHEALTHPLUS" };

    private static async Task<byte[]> ReceiveOneAsync(System.Net.Sockets.TcpListener listener)
    {
        using var socket = await listener.AcceptSocketAsync();
        await using var stream = new System.Net.Sockets.NetworkStream(socket);
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
            else if (header[0] == 5)
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
