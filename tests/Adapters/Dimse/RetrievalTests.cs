using System.Text.Json;
using EHealthPlus.Adapters.Dimse.Commands;
using EHealthPlus.Adapters.Dimse.Messages;
using EHealthPlus.Adapters.Dimse.Negotiation;
using EHealthPlus.Adapters.Dimse.UpperLayer;
using EHealthPlus.Adapters.Dimse.User;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Tests.Adapters.Dimse.Fakes;

namespace EHealthPlus.Tests.Adapters.Dimse;

/// <summary>C-GET: which instances an identifier asks for, and how a retrieval ends. C-MOVE has the same code.</summary>
public class RetrievalTests
{
    private const string Level = "00080052", PatientId = "00100020", Study = "0020000D", Series = "0020000E", Instance = "00080018";
    private const string OneStudy = "2.25.88", OneSeries = "2.25.88.1";

    [Theory]
    [InlineData(0x0000, 0x0000, 2, 0)]
    [InlineData(0xB000, 0xB000, 0, 2)]
    [InlineData(0xB007, 0xB000, 0, 2)]
    public async Task A_retrieval_that_ended_with_warnings_says_so(int answered, int expected, int completed, int warnings)
    {
        await using var server = await DimseServer.StartAsync();
        await DcmtkQueryTests.FillAsync(server, 2);

        var (last, given) = await GetAsync(server, (ushort)answered, (Level, "STUDY"), (Study, OneStudy));

        Assert.Equal((expected, 2), (last.Status, given.Count));
        Assert.Equal(new SubOperations(null, (ushort)completed, 0, (ushort)warnings), last.SubOperations);
    }

    [Theory]
    [InlineData("PATIENT", null, OneStudy, null, null)]
    [InlineData("PATIENT", "T*", null, null, null)]
    [InlineData("STUDY", null, null, null, null)]
    [InlineData("STUDY", "T0001", null, null, null)]
    [InlineData("STUDY", null, "2.25.*", null, null)]
    [InlineData("SERIES", null, OneStudy, null, null)]
    [InlineData("SERIES", null, OneStudy, "*", null)]
    [InlineData("SERIES", null, null, OneSeries, null)]
    [InlineData("IMAGE", null, OneStudy, OneSeries, null)]
    [InlineData("IMAGE", null, OneStudy, OneSeries, "2.25.88.?")]
    public async Task Without_the_unique_key_of_its_level_or_with_a_wild_card_nothing_is_given(string level, string? patient, string? study, string? series, string? instance)
    {
        await using var server = await DimseServer.StartAsync();
        await DcmtkQueryTests.FillAsync(server, 2);
        server.Kept.OnFind = _ => new[] { Match(OneStudy) };

        var (last, given) = await GetAsync(server, 0, (Level, level), (PatientId, patient), (Study, study), (Series, series), (Instance, instance));

        Assert.Equal((0xA900, 0), (last.Status, given.Count));
        Assert.Empty(server.Kept.Selections);
    }

    [Fact]
    public async Task A_study_of_another_patient_than_the_one_named_is_not_given()
    {
        await using var server = await DimseServer.StartAsync();
        await DcmtkQueryTests.FillAsync(server, 2);
        server.Kept.OnFind = query => query.Matches.Contains(new(0x00100020, "T0001")) ? new[] { Match(OneStudy) } : Array.Empty<ImagingMatch>();

        Assert.Equal(2, (await GetAsync(server, 0, (Level, "STUDY"), (PatientId, "T0001"), (Study, OneStudy))).Given.Count);
        var (last, given) = await GetAsync(server, 0, (Level, "STUDY"), (PatientId, "T0002"), (Study, OneStudy));

        Assert.Equal((0, 0), (last.Status, given.Count));
        Assert.Equal([new AttributeMatch(0x00100020, "T0002"), new AttributeMatch(0x0020000D, OneStudy)], server.Kept.Queries.Last().Query.Matches);
    }

    [Fact]
    public async Task A_UID_that_is_named_twice_is_given_once()
    {
        await using var server = await DimseServer.StartAsync();
        await DcmtkQueryTests.FillAsync(server, 2);

        var (last, given) = await GetAsync(
            server, 0, (Level, "IMAGE"), (Study, $"{OneStudy}\\{OneStudy}"), (Series, OneSeries), (Instance, $"{OneStudy}.1\\{OneStudy}.2\\{OneStudy}.1"));

        Assert.Equal(0, last.Status);
        Assert.Equal([$"{OneStudy}.1", $"{OneStudy}.2"], given);
    }

    [Theory]
    [InlineData("PATIENT", "T0001\\T0002", null, null, null)]
    [InlineData("SERIES", null, $"{OneStudy}\\2.25.89", OneSeries, null)]
    [InlineData("IMAGE", null, $"{OneStudy}\\2.25.89", OneSeries, $"{OneStudy}.1")]
    [InlineData("IMAGE", null, OneStudy, $"{OneSeries}\\2.25.89.1", $"{OneStudy}.1")]
    public async Task Above_its_level_a_retrieval_names_one_of_each(string level, string? patient, string? study, string? series, string? instance)
    {
        await using var server = await DimseServer.StartAsync();
        await DcmtkQueryTests.FillAsync(server, 2);

        var (last, given) = await GetAsync(server, 0, (Level, level), (PatientId, patient), (Study, study), (Series, series), (Instance, instance));

        Assert.Equal((0xA900, 0), (last.Status, given.Count));
        Assert.Empty(server.Kept.Selections);
        Assert.Empty(server.Kept.Queries);
    }

    [Fact]
    public async Task A_list_of_instances_is_one_question_for_their_study_and_as_long_as_a_retrieval_gives()
    {
        await using var server = await DimseServer.StartAsync(new() { MaxInstances = 3 });
        await DcmtkQueryTests.FillAsync(server, 3);

        var (last, given) = await GetAsync(server, 0, (Level, "IMAGE"), (Study, OneStudy), (Series, OneSeries), (Instance, $"{OneStudy}.1\\{OneStudy}.3\\{OneStudy}.404"));

        Assert.Equal(0, last.Status);
        Assert.Equal([$"{OneStudy}.1", $"{OneStudy}.3"], given);
        Assert.Single(server.Kept.Selections);
        Assert.Equal(0xA700, (await GetAsync(server, 0, (Level, "IMAGE"), (Study, OneStudy), (Series, OneSeries), (Instance, string.Join('\\', Enumerable.Range(1, 4).Select(number => $"{OneStudy}.{number}"))))).Last.Status);
        Assert.Single(server.Kept.Selections);
    }

    [Fact]
    public async Task After_an_instance_that_breaks_off_nothing_follows_the_abort()
    {
        await using var server = await DimseServer.StartAsync(new() { Limits = new() { AssociationTimeout = TimeSpan.FromSeconds(1) } });
        await DcmtkQueryTests.FillAsync(server, 3);
        server.Kept.OnOpen = stream => new DamagedStream(stream);
        using var peer = await RawPeer.ConnectAsync(server.Port);
        ProposedContext[] contexts = [new(1, SopClass.PatientRootGet, [TransferSyntax.ExplicitLittleEndian]), new(3, TestInstance.CtImageStorage, [TransferSyntax.ExplicitLittleEndian])];
        await peer.SendAsync(AssociateWriting.Request(new(1, "EHEALTHPLUS", "READER", Implementation.ApplicationContext, contexts,
            Implementation.Information(16384) with { Roles = [new(TestInstance.CtImageStorage, false, true)] })));
        Assert.Equal((byte)PduType.AssociateAccept, (await peer.ReadAsync())!.Value.Type);
        var command = new CommandSet { Field = CommandField.GetRequest, MessageId = 1, AffectedSopClassUid = SopClass.PatientRootGet, Priority = 0, HasDataSet = true };

        await peer.SendAsync(RawPeer.Command(1, command), RawPeer.Data(1, 2, Identifier((Level, "STUDY"), (Study, OneStudy)).Span));

        var came = new List<byte>();
        while (await peer.ReadAsync() is { } pdu) came.Add(pdu.Type);
        Assert.Equal((byte)PduType.Abort, came[^1]);
        Assert.Single(came, (byte)PduType.Abort);
    }

    private static ImagingMatch Match(string study) => new(new(study, "", ""), "P1", "imaging-centre", InstanceState.Filed, []);

    private static async Task<((ushort Status, SubOperations? SubOperations) Last, List<string> Given)> GetAsync(DimseServer server, ushort answer, params (string Tag, string? Value)[] keys)
    {
        var receiver = new Receiver(answer);
        await using var user = await DicomUser.OpenAsync(
            new() { Host = "127.0.0.1", Port = server.Port, CallingAeTitle = "READER", CalledAeTitle = "EHEALTHPLUS" },
            [new(1, SopClass.PatientRootGet, [TransferSyntax.ExplicitLittleEndian]), new(3, TestInstance.CtImageStorage, [TransferSyntax.ExplicitLittleEndian])],
            [new(TestInstance.CtImageStorage, false, true)], receiver, TimeProvider.System, null, default);
        using var request = await user.Exchange.RequestAsync(
            1, id => new() { Field = CommandField.GetRequest, MessageId = id, AffectedSopClassUid = SopClass.PatientRootGet, Priority = 0 }, Identifier(keys));
        while (true)
        {
            var arrived = await request.NextAsync(default);
            if (DimseStatus.IsPending(arrived.Status)) continue;
            await user.ReleaseAsync(default);
            return ((arrived.Status, arrived.Command.SubOperations), receiver.Given);
        }
    }

    private static ReadOnlyMemory<byte> Identifier(params (string Tag, string? Value)[] keys)
    {
        var json = keys.Where(key => key.Value is not null).ToDictionary(key => key.Tag, key => (object)new { vr = key.Tag == Level ? "CS" : key.Tag == PatientId ? "LO" : "UI", Value = key.Value!.Split('\\') });
        return new FlatIdentifiers().Write(JsonSerializer.SerializeToUtf8Bytes(json), TransferSyntax.ExplicitLittleEndian, null).Value;
    }

    /// <summary>Takes each instance, and answers to it with one status.</summary>
    private sealed class Receiver(ushort status) : IRequestHandler
    {
        public List<string> Given { get; } = [];

        public ValueTask<IIncomingMessage?> BeginAsync(Operation operation, CancellationToken cancellationToken)
        {
            Given.Add(operation.Command.AffectedSopInstanceUid!);
            return ValueTask.FromResult<IIncomingMessage?>(new Reception(operation, status));
        }

        private sealed class Reception(Operation operation, ushort status) : IIncomingMessage
        {
            public ValueTask WriteAsync(ReadOnlyMemory<byte> part, CancellationToken cancellationToken) => ValueTask.CompletedTask;

            public async Task CompleteAsync() => await operation.SendAsync(operation.Answer(status));

            public ValueTask AbandonAsync() => ValueTask.CompletedTask;
        }
    }
}
