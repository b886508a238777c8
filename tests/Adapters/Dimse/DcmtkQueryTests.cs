using System.Net.Sockets;
using System.Text;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Tests.Adapters.Dimse.Fakes;
using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.Adapters.Dimse;

/// <summary>DCMTK's findscu, getscu, movescu and termscu against the hub's port.</summary>
public class DcmtkQueryTests
{
    private const string Study = "2.25.88";

    [Fact]
    public async Task Findscu_is_told_what_the_record_shows_its_provider()
    {
        await using var server = await DimseServer.StartAsync();
        server.Kept.OnFind = _ => Enumerable.Range(1, 3).Select(number => Match($"{Study}.{number}")).ToList();

        var (code, output) = await FindAsync(server, "TESTSCU", "0008,0052=STUDY", "0020,000D", "0010,0010=SYNTHETIC*", "0008,0050");

        Assert.True(code == 0, output);
        Assert.Equal(3, Count(output, "SYNTHETIC^TESTPATIENT"));
        Assert.Contains($"{Study}.2", output, StringComparison.Ordinal);
        var (principal, query) = Assert.Single(server.Kept.Queries);
        Assert.Equal((Role.Clinician, "imaging-centre", "imaging-main", true), (principal.Role, principal.ProviderId, principal.ServiceLocationId, principal.Unattended));
        Assert.Equal(QueryLevel.Study, query.Level);
        Assert.Equal([new AttributeMatch(0x00100010, "SYNTHETIC*")], query.Matches);
    }

    [Theory]
    [InlineData("0008,0080=SYNTHETIC HOSPITAL", true)]
    [InlineData("0008,103E=HEAD", true)]
    [InlineData("0008,0050=ACC1", false)]
    [InlineData("0008,0080", false)]
    public async Task Findscu_is_told_of_a_key_that_is_not_matched_on(string key, bool ignored)
    {
        await using var server = await DimseServer.StartAsync();
        server.Kept.OnFind = _ => new[] { Match(Study) };

        var (code, output) = await FindAsync(server, "TESTSCU", "0008,0052=STUDY", "0020,000D", key);

        Assert.True(code == 0, output);
        Assert.Contains(ignored ? "(Pending: WarningUnsupportedOptionalKeys)" : "(Pending)", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SERIES", "0040,0275[0].0040,0009=SPS1", "(Pending)", true)]
    [InlineData("STUDY", "0040,0275[0].0040,0009=SPS1", "(Pending: WarningUnsupportedOptionalKeys)", true)]
    [InlineData("SERIES", "0040,0275[0].0040,0008[0].0008,0100=CODE", "(Pending: WarningUnsupportedOptionalKeys)", false)]
    [InlineData("SERIES", "0040,0275[0].0040,0008[0].0008,0100", "(Pending)", false)]
    public async Task Findscu_asks_for_an_item_of_a_sequence(string level, string key, string pending, bool matched)
    {
        await using var server = await DimseServer.StartAsync();
        server.Kept.OnFind = _ => new[] { Match(Study) };

        var (code, output) = await FindAsync(server, "TESTSCU", $"0008,0052={level}", "0020,000D", key);

        Assert.True(code == 0, output);
        Assert.Contains(pending, output, StringComparison.Ordinal);
        Assert.Equal(matched ? [new(0x00400009, "SPS1", 0x00400275)] : [], Assert.Single(server.Kept.Queries).Query.Matches);
    }

    [Fact]
    public async Task Findscu_of_who_may_not_query_gets_no_context()
    {
        await using var server = await DimseServer.StartAsync();

        var (_, output) = await FindAsync(server, "SENDER", "0008,0052=STUDY", "0020,000D");

        Assert.Contains("No Acceptable Presentation Contexts", output, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(server.Kept.Queries);
    }

    [Fact]
    public async Task Findscu_that_cancels_is_told_so()
    {
        await using var server = await DimseServer.StartAsync();
        server.Kept.OnFind = query => new Pausing([.. Enumerable.Range(0, query.Count).Select(number => Match($"{Study}.{number}"))]);

        var (_, output) = await Dcmtk.RunAsync(
            "findscu", "-v", "-S", "-aet", "TESTSCU", "-aec", "EHEALTHPLUS", "--cancel", "5", "127.0.0.1", $"{server.Port}", "-k", "0008,0052=STUDY", "-k", "0020,000D");

        Assert.True(output.Contains("MatchingTerminatedDueToCancelRequest", StringComparison.Ordinal), output);
    }

    [Fact]
    public async Task Getscu_gets_a_study_byte_by_byte_on_its_own_association()
    {
        await using var server = await DimseServer.StartAsync();
        await FillAsync(server, 5);
        using var into = new TemporaryFolder();

        var (code, output) = await Dcmtk.RunAsync(
            "getscu", "-v", "-S", "-aet", "READER", "-aec", "EHEALTHPLUS", "-od", into.Path, "127.0.0.1", $"{server.Port}", "-k", "0008,0052=STUDY", "-k", $"0020,000D={Study}");

        Assert.True(code == 0, output);
        AssertReceived(into, 5);
        Assert.Equal((ImagingUse.Retrieve, Study), (server.Kept.Selections.Single().Use, server.Kept.Selections.Single().Study));
    }

    [Fact]
    public async Task A_damaged_object_ends_the_association_of_getscu_and_never_looks_whole()
    {
        await using var server = await DimseServer.StartAsync();
        await FillAsync(server, 2);
        server.Kept.OnOpen = stream => new DamagedStream(stream);
        using var into = new TemporaryFolder();

        var (code, output) = await Dcmtk.RunAsync(
            "getscu", "-v", "-S", "-aet", "READER", "-aec", "EHEALTHPLUS", "-od", into.Path, "127.0.0.1", $"{server.Port}", "-k", "0008,0052=STUDY", "-k", $"0020,000D={Study}");

        Assert.True(code != 0, output);
        Assert.Empty(Directory.GetFiles(into.Path));
    }

    [Fact]
    public async Task Movescu_gets_a_study_at_the_registered_address_of_its_destination()
    {
        await using var server = await DimseServer.StartAsync();
        await FillAsync(server, 5);
        using var into = new TemporaryFolder();
        var port = FreePort.Next();
        await server.Registry.SaveAsync(new DicomPeer("ARCHIVE", "imaging", "127.0.0.1", port), default);

        var (code, output) = await MoveAsync(server, into, port, "ARCHIVE");

        Assert.True(code == 0, output);
        AssertReceived(into, 5);
    }

    [Theory]
    [InlineData("OTHERPACS")]
    [InlineData("NOBODY")]
    public async Task Movescu_to_another_provider_or_to_nobody_is_refused(string destination)
    {
        await using var server = await DimseServer.StartAsync();
        await FillAsync(server, 1);
        using var into = new TemporaryFolder();
        var port = FreePort.Next();
        await server.Registry.SaveAsync(new DicomPeer("OTHERPACS", "other", "127.0.0.1", port), default);

        var (_, output) = await MoveAsync(server, into, port, destination);

        Assert.Contains("MoveDestinationUnknown", output, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(into.Path));
    }

    [Fact]
    public async Task Termscu_terminates_nothing()
    {
        await using var server = await DimseServer.StartAsync();

        var (_, asked) = await Dcmtk.RunAsync("termscu", "-v", "-aet", "TESTSCU", "-aec", "EHEALTHPLUS", "127.0.0.1", $"{server.Port}");
        Assert.Contains("Releasing Association", asked, StringComparison.Ordinal);
        var (code, output) = await Dcmtk.RunAsync("echoscu", "-aet", "TESTSCU", "-aec", "EHEALTHPLUS", "127.0.0.1", $"{server.Port}");

        Assert.True(code == 0, output);
    }

    internal static async Task FillAsync(DimseServer server, int count)
    {
        using var folder = new TemporaryFolder();
        for (var number = 1; number <= count; number++) folder.Write($"{number}.dcm", TestInstance.File(TestInstance.DataSet($"{Study}.{number}", number * 9000), $"{Study}.{number}"));
        var (code, output) = await Dcmtk.RunAsync("storescu", "-aet", "TESTSCU", "-aec", "EHEALTHPLUS", "+sd", "127.0.0.1", $"{server.Port}", folder.Path);
        Assert.True(code == 0, output);
    }

    /// <summary>Goes on after two hundred when a cancel has had its time: findscu sends it after five answers.</summary>
    private sealed class Pausing(List<ImagingMatch> all) : IReadOnlyList<ImagingMatch>
    {
        public int Count => all.Count;

        public ImagingMatch this[int index] => all[index];

        public IEnumerator<ImagingMatch> GetEnumerator()
        {
            for (var at = 0; at < all.Count; at++)
            {
                if (at % 200 == 199) Thread.Sleep(TimeSpan.FromMilliseconds(100));
                yield return all[at];
            }
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private static void AssertReceived(TemporaryFolder into, int count)
    {
        var files = Directory.GetFiles(into.Path).Select(File.ReadAllBytes).ToList();
        Assert.Equal(count, files.Count);
        for (var number = 1; number <= count; number++)
        {
            var sent = TestInstance.DataSet($"{Study}.{number}", number * 9000);
            Assert.Single(files, file => file.AsSpan().EndsWith(sent));
        }
    }

    private static Task<(int ExitCode, string Output)> FindAsync(DimseServer server, string calling, params string[] keys) => Dcmtk.RunAsync(
        "findscu", ["-v", "-S", "-aet", calling, "-aec", "EHEALTHPLUS", "127.0.0.1", $"{server.Port}", .. keys.SelectMany(key => new[] { "-k", key })]);

    private static Task<(int ExitCode, string Output)> MoveAsync(DimseServer server, TemporaryFolder into, int port, string destination) => Dcmtk.RunAsync(
        "movescu", "-v", "-S", "-aet", "TESTSCU", "-aec", "EHEALTHPLUS", "-aem", destination, "+P", $"{port}", "-od", into.Path, "127.0.0.1", $"{server.Port}",
        "-k", "0008,0052=STUDY", "-k", $"0020,000D={Study}");

    private static ImagingMatch Match(string study) => new(new(study, "", ""), "P1", "imaging-centre", InstanceState.Filed,
    [
        Encoding.UTF8.GetBytes("""{"00100010":{"vr":"PN","Value":[{"Alphabetic":"SYNTHETIC^TESTPATIENT"}]}}"""),
        Encoding.UTF8.GetBytes($$$"""{"0020000D":{"vr":"UI","Value":["{{{study}}}"]}}"""),
    ]);

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
