using System.Text;
using System.Text.Json.Nodes;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Imaging;
using EHealthPlus.Tests.Routing.Fakes;
using EHealthPlus.Transformers.FhirToDicom;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Tests.Routing.Imaging;

/// <summary>What of an order a station is told, by which keys it finds it, and that neither goes without a decision and its entry in the trail.</summary>
public sealed class WorklistTests
{
    private const string Step = "00400100";

    private static readonly AccessPrincipal Station = new("CT1", Role.Clinician, "hospital", null, "lab", ServiceLocationId: "main", Unattended: true);

    private readonly Bench bench = new();

    [Fact]
    public async Task An_item_tells_what_the_order_and_its_patient_say_and_empty_what_they_do_not()
    {
        bench.Order("ann", station: "CT1_AE");
        var item = Assert.Single((await bench.FindAsync(
            Asking("00100010", "PN"), Asking("00100020", "LO"), Asking("00100021", "LO"), Asking("00080050", "SH"), Asking("00401003", "CS"), Asking("00101030", "DS"), Asking("00321064", "SQ"),
            StepOf(Asking("00400002", "DA"), Asking("00400003", "TM"), Asking("00080060", "CS"), Asking("00400008", "SQ"), Asking("00400001", "AE")))).Items);

        var json = JsonNode.Parse(item.Span)!;
        Assert.Equal("TESTPATIENT^ANN", Value(json, "00100010")!["Alphabetic"]!.GetValue<string>());
        Assert.Equal("測試^安", Value(json, "00100010")!["Ideographic"]!.GetValue<string>());
        Assert.Equal(("MRN1", "HOSPITAL", "ACC1", "STAT"), (Text(json, "00100020"), Text(json, "00100021"), Text(json, "00080050"), Text(json, "00401003")));
        Assert.Equal("""{"vr":"DS"}""", json["00101030"]!.ToJsonString());
        Assert.Equal(("24627-2", "LN"), (Text(Value(json, "00321064")!, "00080100"), Text(Value(json, "00321064")!, "00080102")));
        var step = Value(json, Step)!;
        Assert.Equal(("20261122", "091500", "CT", "CT1_AE"), (Text(step, "00400002"), Text(step, "00400003"), Text(step, "00080060"), Text(step, "00400001")));
        Assert.Equal(("CHESTCT", "99HK"), (Text(Value(step, "00400008")!, "00080100"), Text(Value(step, "00400008")!, "00080102")));
        Assert.Null(json["00100030"]);
    }

    [Fact]
    public async Task An_accession_number_that_does_not_fit_is_left_out_and_never_cut()
    {
        bench.Order("ann", accession: "ACC-OF-MORE-THAN-16");
        var item = Assert.Single((await bench.FindAsync(Asking("00080050", "SH"))).Items);
        Assert.Equal("""{"00080050":{"vr":"SH"}}""", Encoding.UTF8.GetString(item.Span));
    }

    [Theory]
    [InlineData("LIS", 1)]
    [InlineData("ELSEWHERE", 0)]
    public async Task An_order_that_names_no_station_is_for_any_of_the_place_where_it_was_placed(string where, int found)
    {
        bench.Order("ann", station: null);
        var principal = Station with { ServiceLocationId = where == "LIS" ? "main" : "branch" };
        var items = (await bench.FindAsync(principal, StepOf(Key("00400001", "AE", "CT9_AE")))).Items;
        Assert.Equal(found, items.Count);
        if (found == 1) Assert.Equal("CT9_AE", Text(Value(JsonNode.Parse(items[0].Span)!, Step)!, "00400001"));
    }

    [Fact]
    public async Task A_citizen_who_has_left_is_not_told_of_and_the_refusal_is_recorded()
    {
        bench.Order("ann");
        bench.Left.Add("ann");
        Assert.Empty((await bench.FindAsync(Asking("00100010", "PN"))).Items);
        Assert.Contains(await bench.TrailAsync(), entry => entry is { PersonId: "ann", Permitted: false, Action: AuditAction.WorklistQuery });
    }

    [Fact]
    public async Task Each_query_is_recorded_without_its_values_and_each_citizen_once_an_hour_for_a_station()
    {
        bench.Order("ann");
        for (var minute = 0; minute < 3; minute++) await bench.FindAsync(Key("00100020", "LO", "MRN1"));
        var trail = await bench.TrailAsync();
        Assert.Equal((3, 1), (trail.Count(entry => entry.PersonId is null), trail.Count(entry => entry.PersonId == "ann")));
        Assert.All(trail, entry => Assert.Equal("worklist?00100020", entry.Target));

        bench.Clock.Advance(TimeSpan.FromMinutes(61));
        await bench.FindAsync(Key("00100020", "LO", "MRN1"));
        Assert.Equal(2, (await bench.TrailAsync()).Count(entry => entry.PersonId == "ann"));
    }

    [Fact]
    public async Task Without_an_audit_trail_nothing_leaves()
    {
        bench.Order("ann");
        bench.TrailFails = true;
        Assert.Equal(RejectionCode.StoreUnavailable, (await bench.AskAsync(Station, Asking("00100010", "PN"))).Rejection?.Code);
    }

    [Theory]
    [InlineData("00400002", "DA", "tomorrow", RejectionCode.QueryIdentifierInvalid)]
    [InlineData("00400003", "TM", "9 o'clock", RejectionCode.QueryIdentifierInvalid)]
    public async Task A_date_that_is_none_is_refused(string tag, string vr, string value, RejectionCode code) =>
        Assert.Equal(code, (await bench.AskAsync(Station, StepOf(Key(tag, vr, value)))).Rejection?.Code);

    [Theory]
    [InlineData("20261101-99991231", 1)]
    [InlineData("00010101-99991231", 1)]
    [InlineData("00010101-20261130", 1)]
    [InlineData("00010101", 0)]
    [InlineData("99991231-", 0)]
    public async Task A_range_may_end_where_the_calendar_does(string days, int found)
    {
        bench.Order("ann");
        Assert.Equal(found, (await bench.FindAsync(StepOf(Key("00400002", "DA", days)))).Items.Count);
        Assert.True(bench.Asked.From < bench.Asked.Until || found == 0);
    }

    [Fact]
    public async Task A_patient_number_that_does_not_fit_is_left_out_with_who_gave_it()
    {
        bench.Order("ann", number: new string('1', 65));
        bench.Order("bob", number: @"MRN\\1");
        foreach (var item in (await bench.FindAsync(Asking("00100020", "LO"), Asking("00100021", "LO"))).Items)
            Assert.Equal("""{"00100020":{"vr":"LO"},"00100021":{"vr":"LO"}}""", Encoding.UTF8.GetString(item.Span));
    }

    [Fact]
    public async Task A_key_that_is_not_known_asks_for_nothing_and_is_told()
    {
        bench.Order("ann");
        var found = await bench.FindAsync(Key("00104000", "LT", "no such remark"), Asking("00100020", "LO"));
        Assert.True(found.KeysIgnored);
        Assert.Single(found.Items);
        Assert.False((await bench.FindAsync(Asking("00100020", "LO"))).KeysIgnored);
    }

    [Fact]
    public async Task More_than_one_query_gives_is_refused()
    {
        for (var order = 0; order < 6; order++) bench.Order("ann");
        Assert.Equal(RejectionCode.TooManyMatches, (await bench.AskAsync(Station, Asking("00100020", "LO"))).Rejection?.Code);
    }

    private static string Asking(string tag, string vr) => $$"""
        "{{tag}}":{"vr":"{{vr}}"}
        """;

    private static string Key(string tag, string vr, string value) => $$"""
        "{{tag}}":{"vr":"{{vr}}","Value":["{{value}}"]}
        """;

    private static string StepOf(params string[] keys) => $"\"{Step}\":" + "{\"vr\":\"SQ\",\"Value\":[{" + string.Join(',', keys) + "}]}";

    private static JsonNode? Value(JsonNode item, string tag) => item[tag]?["Value"]?[0];

    private static string? Text(JsonNode item, string tag) => Value(item, tag)?.GetValue<string>();

    /// <summary>The worklist over orders that a test places, with the real writer.</summary>
    private sealed class Bench : IWorklistStore, IAccessPolicy, IAuditTrail
    {
        private readonly MemoryStore store = new();
        private readonly List<OpenOrder> orders = [];
        private readonly IWorklist worklist;

        public Bench() => worklist = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.None))
            .AddSingleton<TimeProvider>(Clock).AddSingleton<IWorklistStore>(this).AddSingleton<IAccessPolicy>(this).AddSingleton<IAuditTrail>(this)
            .AddSingleton<IRecordReader>(store).AddSingleton<IPersonStore>(store).AddSingleton<IConsentStore>(store).AddSingleton<IRegistry>(new MemoryRegistry())
            .AddSingleton<IScheduledStepWriter, ScheduledStepWriter>().AddSingleton<IPerformedStepStore>(_ => throw new NotSupportedException())
            .AddWorklist().BuildServiceProvider().GetRequiredService<IWorklist>();

        public ManualTime Clock { get; } = new();

        public HashSet<string> Left { get; } = [];

        public bool TrailFails { get; set; }

        public void Order(string person, string? station = "CT1_AE", string accession = "ACC1", string number = "MRN1")
        {
            var device = station is null ? "" : $$$""","performer":[{"type":"Device","display":"{{{station}}}"}]""";
            var order = $$"""
                {"resourceType":"ServiceRequest","id":"order-{{orders.Count}}","priority":"stat","occurrenceDateTime":"2026-11-22T01:15:00Z",
                "identifier":[{"type":{"coding":[{"code":"ACSN"}]},"value":"{{accession}}"}],"code":{"coding":[{"system":"http://loinc.org","code":"24627-2","display":"CT Chest"}]},
                "orderDetail":[{"coding":[{"system":"http://dicom.nema.org/resources/ontology/DCM","code":"CT"}]},{"coding":[{"system":"urn:ehealthplus:local:lab:99HK","code":"CHESTCT"}]}]{{device}} }
                """;
            var patient = $$"""
                {"resourceType":"Patient","id":"p","identifier":[{"value":"{{number}}","system":"urn:ehealthplus:local:lab:HOSPITAL","type":{"coding":[{"code":"MR"}]} }],
                "name":[{"family":"測試","given":["安"]},{"use":"official","family":"TESTPATIENT","given":["ANN"]}],"gender":"female"}
                """;
            orders.Add(new(Stored("ServiceRequest", $"order-{orders.Count}", person, order), Stored("Patient", "p", person, patient), null, "2.25.1", StepState.Scheduled, Clock.GetUtcNow()));
            _ = store.AddAsync(new Person(person, person, "", "", "", AdministrativeSex.Unknown, default, default), [], new("j" + person, person, ConsentKind.Joining, null, default, null, null), null!, default);
        }

        public ValueTask<Result<WorklistMatches>> AskAsync(AccessPrincipal principal, params string[] keys) =>
            worklist.FindAsync(principal, Encoding.UTF8.GetBytes("{" + string.Join(',', keys) + "}"), 5, CancellationToken.None);

        public async Task<WorklistMatches> FindAsync(AccessPrincipal principal, params string[] keys)
        {
            var found = await AskAsync(principal, keys);
            Assert.True(found.Accepted, found.Rejection?.ToString());
            return found.Value;
        }

        public Task<WorklistMatches> FindAsync(params string[] keys) => FindAsync(Station, keys);

        /// <summary>What the store was asked for last.</summary>
        public (DateTimeOffset From, DateTimeOffset Until) Asked { get; private set; }

        public Task<IReadOnlyList<OpenOrder>> OpenAsync(IReadOnlyList<string> sourceIds, DateTimeOffset from, DateTimeOffset until, int most, CancellationToken cancellationToken)
        {
            Asked = (from, until);
            return Task.FromResult<IReadOnlyList<OpenOrder>>(sourceIds.Contains("lab") ? orders : []);
        }

        public AccessDecision MayProvide(Provider provider, Person person, IReadOnlyList<Consent> consents, DateTimeOffset at) =>
            new(Left.Contains(person.Id) ? new(RejectionCode.JoiningConsentWithdrawn, "Left") : null, "rule", new HashSet<SharingCategory>());

        public Task RecordAsync(AuditEntry entry, CancellationToken cancellationToken)
        {
            if (TrailFails) throw new IOException("disk");
            lock (trail) trail.Add(entry);
            return Task.CompletedTask;
        }

        public Task<IReadOnlyList<AuditEntry>> TrailAsync() => ListAsync(null, 100, CancellationToken.None);

        public Task<IReadOnlyList<AuditEntry>> ListAsync(string? personId, int count, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<AuditEntry>>([.. trail]);

        public AccessDecision MayObtain(ObtainRequest request) => throw new NotSupportedException();

        public IReadOnlyList<DerivedRight> DerivedRights(DateTimeOffset at) => throw new NotSupportedException();

        private readonly List<AuditEntry> trail = [];

        private static StoredResource Stored(string type, string id, string person, string json) =>
            new(type, id, 1, default, person, SharingCategory.LaboratoryAndRadiologyReports, "lab", default, Encoding.UTF8.GetBytes(json));
    }
}
