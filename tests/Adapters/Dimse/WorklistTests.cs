using System.Text;
using EHealthPlus.Adapters.Dimse.User;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Tests.Adapters.Dimse.Fakes;

namespace EHealthPlus.Tests.Adapters.Dimse;

/// <summary>The modality worklist by DCMTK's findscu, and performed procedure steps by our own SCU, on the hub's port.</summary>
public class WorklistTests
{
    private const string Step = "2.25.4711";

    private static readonly ReadOnlyMemory<byte> Status = new FlatIdentifiers().Write("""{"00400252":{"vr":"CS","Value":["COMPLETED"]}}"""u8.ToArray(), PerformedStepUser.AttributeSyntax, null).Value;

    [Fact]
    public async Task Findscu_gets_each_item_and_the_station_is_known_by_its_provider_and_location()
    {
        await using var server = await DimseServer.StartAsync();
        server.Worklist.Found = new WorklistMatches([Item("SPS1"), Item("SPS2")], false);

        var (code, output) = await FindAsync(server, "TESTSCU");

        Assert.True(code == 0, output);
        Assert.Contains("SPS1", output, StringComparison.Ordinal);
        Assert.Contains("SPS2", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Warning", output, StringComparison.Ordinal);
        var call = Assert.Single(server.Worklist.Calls);
        Assert.Equal(("TESTSCU", "imaging-centre", "imaging-main", "imaging"), (call.Principal.Name, call.Principal.ProviderId, call.Principal.ServiceLocationId, call.Principal.SourceId));
        Assert.Contains("\"00400001\":{\"vr\":\"AE\",\"Value\":[\"CT1\"]}", call.Json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_is_wanted_in_the_character_set_of_the_question()
    {
        await using var server = await DimseServer.StartAsync();
        server.Worklist.Found = new WorklistMatches([Item("SPS1")], false);

        // Once in the question, which findscu shows too, and once in the answer.
        Assert.Equal(3, (await FindAsync(server, "TESTSCU", "0008,0005=GB18030")).Output.Split("CS [GB18030").Length);
        Assert.DoesNotContain("(0008,0005)", (await FindAsync(server, "TESTSCU")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_not_matched_on_is_told_with_each_item()
    {
        await using var server = await DimseServer.StartAsync();
        server.Worklist.Found = new WorklistMatches([Item("SPS1")], true);

        Assert.Contains("WarningUnsupportedOptionalKeys", (await FindAsync(server, "TESTSCU")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_query_gets_no_worklist()
    {
        await using var server = await DimseServer.StartAsync();

        Assert.Contains("No Acceptable Presentation Contexts", (await FindAsync(server, "SENDER")).Output, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(server.Worklist.Calls);
    }

    [Fact]
    public async Task A_step_is_made_and_set_under_the_ids_of_its_request()
    {
        await using var server = await DimseServer.StartAsync();
        await using var user = await OpenAsync(server, "SENDER");

        Assert.Equal(new StepAnswer(0, null, null), await PerformedStepUser.CreateAsync(user, Step, Status, default));
        Assert.Equal(new StepAnswer(0, null, null), await PerformedStepUser.SetAsync(user, Step, Status, default));

        Assert.Equal([("create", Step), ("set", Step)], server.Worklist.Calls.Select(call => (call.Asked, call.Uid)));
        Assert.Contains("COMPLETED", server.Worklist.Calls.Last().Json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RejectionCode.PerformedStepFinal, 0x0110, 0xA710)]
    [InlineData(RejectionCode.PerformedStepExists, 0x0111, null)]
    [InlineData(RejectionCode.PerformedStepUnknown, 0x0112, null)]
    [InlineData(RejectionCode.PerformedStepAttributeMissing, 0x0120, null)]
    [InlineData(RejectionCode.PerformedStepAttributeInvalid, 0x0106, null)]
    public async Task A_refusal_has_the_status_and_the_error_id_of_the_standard(RejectionCode code, int status, int? errorId)
    {
        await using var server = await DimseServer.StartAsync();
        server.Worklist.OnStep = _ => new(code, "as the test says");
        await using var user = await OpenAsync(server, "SENDER");

        Assert.Equal(new StepAnswer((ushort)status, (ushort?)errorId, "as the test says"), await PerformedStepUser.SetAsync(user, Step, Status, default));
    }

    [Fact]
    public async Task A_step_is_read_whole_or_in_the_attributes_that_are_asked_for()
    {
        await using var server = await DimseServer.StartAsync();
        await using var user = await OpenToReadAsync(server, "SENDER");

        Assert.Equal("0 00080060 00400252", await ReadAsync(user));
        Assert.Equal("0 00400252", await ReadAsync(user, 0x00400252));
        Assert.Equal("1 00400252", await ReadAsync(user, 0x00400252, 0x00400253));
        Assert.All(server.Worklist.Calls, call => Assert.Equal(("read", Step, "imaging"), (call.Asked, call.Uid, call.Principal.SourceId)));

        server.Worklist.OnStep = _ => new(RejectionCode.PerformedStepUnknown, "as the test says");
        Assert.Equal(new StepAnswer(0x0112, null, "as the test says"), (await PerformedStepUser.ReadAsync(user, Step, [], default)).Answer);
    }

    [Fact]
    public async Task A_request_without_instance_or_attributes_is_refused_and_the_association_goes_on()
    {
        await using var server = await DimseServer.StartAsync();
        await using var user = await OpenAsync(server, "SENDER");

        Assert.Equal(0x0115, (await PerformedStepUser.CreateAsync(user, "", Status, default)).Status);
        Assert.NotEqual(0, (await PerformedStepUser.SetAsync(user, Step, default, default)).Status);
        Assert.Empty(server.Worklist.Calls);
        Assert.Equal(0, (await PerformedStepUser.SetAsync(user, Step, Status, default)).Status);
    }

    [Fact]
    public async Task Who_may_not_store_reports_no_steps()
    {
        await using var server = await DimseServer.StartAsync();
        await using var user = await OpenAsync(server, "READER");

        await Assert.ThrowsAsync<IOException>(() => PerformedStepUser.CreateAsync(user, Step, Status, default));
        Assert.Empty(server.Worklist.Calls);
    }

    private static Task<DicomUser> OpenAsync(DimseServer server, string calling) =>
        PerformedStepUser.OpenAsync(new() { Host = "127.0.0.1", Port = server.Port, CallingAeTitle = calling, CalledAeTitle = "EHEALTHPLUS" }, TimeProvider.System, default);

    private static Task<DicomUser> OpenToReadAsync(DimseServer server, string calling) =>
        PerformedStepUser.OpenToReadAsync(new() { Host = "127.0.0.1", Port = server.Port, CallingAeTitle = calling, CalledAeTitle = "EHEALTHPLUS" }, TimeProvider.System, default);

    private static async Task<string> ReadAsync(DicomUser user, params uint[] asked)
    {
        var (answer, attributes) = await PerformedStepUser.ReadAsync(user, Step, asked, default);
        using var json = System.Text.Json.JsonDocument.Parse(new FlatIdentifiers().Read(attributes, PerformedStepUser.AttributeSyntax, null).Value);
        return string.Join(' ', [$"{answer.Status}", .. json.RootElement.EnumerateObject().Select(attribute => attribute.Name)]);
    }

    private static Task<(int ExitCode, string Output)> FindAsync(DimseServer server, string calling, params string[] keys) => Dcmtk.RunAsync(
        "findscu",
        ["-v", "-W", "-aet", calling, "-aec", "EHEALTHPLUS", "127.0.0.1", $"{server.Port}", .. keys.SelectMany(key => (string[])["-k", key]),
        "-k", "(0040,0100)[0].ScheduledStationAETitle=CT1", "-k", "(0040,0100)[0].ScheduledProcedureStepID", "-k", "0010,0010"]);

    private static ReadOnlyMemory<byte> Item(string step) => Encoding.UTF8.GetBytes(
        $$$"""{"00100010":{"vr":"PN","Value":[{"Alphabetic":"SYNTHETIC^TESTPATIENT"}]},"00400100":{"vr":"SQ","Value":[{"00400009":{"vr":"SH","Value":["{{{step}}}"]}}]}}""");
}
