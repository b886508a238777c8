using System.Text;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Tests.Routing.Fakes;

/// <summary>Instances as the store would gather them; the decisions on their manifests are read off the deposits.</summary>
internal sealed class MemoryStudies(MemoryStore deposits) : IStudyStore
{
    private const string Ct = "1.2.840.10008.5.1.4.1.1.2";
    private const string BasicText = "1.2.840.10008.5.1.4.1.1.88.11";

    private readonly Lock gate = new();
    private readonly List<Instance> instances = [];
    private readonly Dictionary<(string Source, string Study), long> announced = [];

    /// <summary>Called before a manifest is noted as announced: may throw, as a hub that crashes there.</summary>
    public Action BeforeAnnounced { get; set; } = () => { };

    /// <summary>Called before a study is read: may throw, as where a row of it does not open.</summary>
    public Action<GatheringStudy> BeforeRead { get; set; } = _ => { };

    /// <summary>Sequences in each other that every instance, series and patient has among its attributes.</summary>
    public int Nested { get; set; }

    /// <summary>What every study has as its reports.</summary>
    public List<StoredResource> Reports { get; } = [];

    /// <summary>Objects of the documents among the instances.</summary>
    public MemoryDocuments Documents { get; } = new();

    /// <summary>Keeps an instance of series 1.</summary>
    public void Add(string study, DateTimeOffset at, string source = "lab", string patient = "MR1", string document = "A123456(3)", string accession = "ACC1", string type = Ct)
    {
        lock (gate) instances.Add(new(instances.Count + 1, source, study, at, patient, document, accession, type));
    }

    /// <summary>Keeps a Basic Text SR with that content, in DICOM JSON without braces.</summary>
    public void AddReport(string study, DateTimeOffset at, string? content)
    {
        Add(study, at, type: BasicText);
        var uid = $"{study}.1.{instances.Count}";
        Documents.Keep(new(study, $"{study}.1", uid), BasicText, content is null ? null : $$$"""{"00080016":{"vr":"UI","Value":["{{{BasicText}}}"]},"00080018":{"vr":"UI","Value":["{{{uid}}}"]},"0040A040":{"vr":"CS","Value":["CONTAINER"]},{{{content}}}}""");
    }

    public Task<IReadOnlyList<GatheringStudy>> QuietAsync(DateTimeOffset since, int most, CancellationToken cancellationToken)
    {
        lock (gate) return Task.FromResult<IReadOnlyList<GatheringStudy>>([.. Gathering().Where(study => study.LastAt <= since).OrderBy(study => study.LastAt).Take(most)]);
    }

    public Task<GatheringStudy?> FindAsync(string sourceId, string studyInstanceUid, CancellationToken cancellationToken)
    {
        lock (gate) return Task.FromResult(Gathering().FirstOrDefault(study => study.SourceId == sourceId && study.StudyInstanceUid == studyInstanceUid));
    }

    public Task<StudyContent> ReadAsync(GatheringStudy study, CancellationToken cancellationToken)
    {
        BeforeRead(study);
        lock (gate)
        {
            var own = instances.Where(one => one.Source == study.SourceId && one.Study == study.StudyInstanceUid && one.Number <= study.Revision).ToList();
            return Task.FromResult<StudyContent>(new(
                own.Select(Patient).Distinct().Count() - 1, Utf8(Patient(own[0])[..^1] + Deep("00104000") + "}"),
                Utf8($$$"""{"0020000D":{"vr":"UI","Value":["{{{study.StudyInstanceUid}}}"]},"00080050":{"vr":"SH","Value":["{{{own[0].Accession}}}"]}}"""),
                [new(
                    Utf8($$$"""{"0020000E":{"vr":"UI","Value":["{{{study.StudyInstanceUid}}}.1"]},"00080060":{"vr":"CS","Value":["CT"]}{{{Deep("00400275")}}}}"""),
                    [.. own.Select(one => Utf8($$$"""{"00080016":{"vr":"UI","Value":["{{{one.Type}}}"]},"00080018":{"vr":"UI","Value":["{{{study.StudyInstanceUid}}}.1.{{{one.Number}}}"]},"00280010":{"vr":"US","Value":[512]}{{{Deep("00081115")}}}}"""))])]));
        }
    }

    public Task AnnouncedAsync(GatheringStudy study, CancellationToken cancellationToken)
    {
        BeforeAnnounced();
        lock (gate) announced[(study.SourceId, study.StudyInstanceUid)] = study.Revision;
        return Task.CompletedTask;
    }

    public Task<bool> IsSupersededAsync(string sourceId, string studyInstanceUid, long revision, CancellationToken cancellationToken)
    {
        lock (gate) return Task.FromResult(announced.GetValueOrDefault((sourceId, studyInstanceUid)) > revision);
    }

    public Task<IReadOnlyList<WaitingStudy>> WaitingAsync(DepositId after, int most, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<WaitingStudy>>(
        [.. deposits.Rows.Where(row => row.Saga.State == DepositState.Quarantined && row.Entry.MessageType == StudyManifest.MessageType && row.Saga.DepositId.Value > after.Value)
            .Select(row => StudyManifest.TryReadControlId(row.Entry.ControlId!, out var study, out var revision) ? new WaitingStudy(row.Saga.DepositId, row.Entry.SourceId!, study, revision) : throw new InvalidDataException())
            .Take(most)]);

    public Task<IReadOnlyList<StoredResource>> ReportsAsync(string personId, string studyInstanceUid, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<StoredResource>>(Reports);

    private string Deep(string tag)
    {
        if (Nested == 0) return "";
        var deep = "{}";
        for (var level = 0; level < Nested; level++) deep = $$$"""{"{{{tag}}}":{"vr":"SQ","Value":[{{{deep}}}]}}""";
        return "," + deep[1..^1];
    }

    private static ReadOnlyMemory<byte> Utf8(string json) => Encoding.UTF8.GetBytes(json);

    private static string Patient(Instance one) => $$$"""
        {"00100010":{"vr":"PN","Value":[{"Alphabetic":"SYNTHETIC^ALPHA"}]},"00100020":{"vr":"LO","Value":["{{{one.Patient}}}"]},"00100021":{"vr":"LO","Value":["HOSP"]},"00100030":{"vr":"DA","Value":["19800229"]},"00100040":{"vr":"CS","Value":["F"]},"00101002":{"vr":"SQ","Value":[{"00100020":{"vr":"LO","Value":["{{{one.Document}}}"]},"00100021":{"vr":"LO","Value":["HKID"]}}]}}
        """;

    private IEnumerable<GatheringStudy> Gathering() => instances
        .GroupBy(one => (one.Source, one.Study))
        .Select(of => new GatheringStudy(of.Key.Source, of.Key.Study, of.Max(one => one.Number), of.Max(one => one.At)))
        .Where(study => study.Revision > announced.GetValueOrDefault((study.SourceId, study.StudyInstanceUid)));

    private sealed record Instance(long Number, string Source, string Study, DateTimeOffset At, string Patient, string Document, string Accession, string Type);
}
