using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2.Er7;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;
using EHealthPlus.Transformers.Terminology.Local;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

/// <summary>The translation of one message while it goes on: what is read, what is built, what is noted. Used again for the next message.</summary>
public sealed class Mapping
{
    private readonly List<SegmentValue> segments = [];
    private int[] fieldStarts = new int[1024];
    private int fieldStartCount;
    private string? reference;
    private TranslationContext? context;

    public Mapping()
    {
        Resources = new ResourceDrafts(this);
        CodeSystems = new StatedCodeSystems(this);
        LocalUris = new LocalUris(this);
        Mentions = new Mentions(this);
        Namesakes = new Namesakes(this);
        Unmapped = new UnmappedCodes(this);
    }

    public LeafTable Leaves { get; } = new();

    public LedgerNotes Notes { get; } = new();

    public FhirArena Arena { get; } = new();

    public ResourceDrafts Resources { get; }

    public StatedCodeSystems CodeSystems { get; }

    internal LocalUris LocalUris { get; }

    internal Mentions Mentions { get; }

    internal Namesakes Namesakes { get; }

    /// <summary>The codes that no map knew.</summary>
    public UnmappedCodes Unmapped { get; }

    /// <summary>The local maps of the source; null where it has none.</summary>
    public SourceMaps? LocalMaps { get; private set; }

    public TranslationContext Context => context ?? throw new InvalidOperationException("No message is open");

    /// <summary>The Bundle: takes MSH-7 and MSH-10.</summary>
    public FhirNode Bundle { get; private set; }

    /// <summary>The organization that sent the message, once its MSH is mapped; no node where it names none.</summary>
    public FhirNode Sender { get; set; }

    /// <summary>Which patient of the message the walk is at: place of his PID among all, from 0.</summary>
    public int PatientNumber { get; private set; }

    /// <summary>True while what is built is about the citizen that an account or a visit moves away from.</summary>
    public bool AtPrior { get; private set; }

    /// <summary>The citizen that the walk is at; null outside a hub, and where the message is about nobody.</summary>
    public string? SubjectId => context?.Subjects is { } subjects && PatientNumber < subjects.Count
        ? AtPrior ? subjects[PatientNumber].PriorId : subjects[PatientNumber].Id
        : null;

    /// <summary>The PID of the patient that the walk is at; absent before the first.</summary>
    public SegmentValue Pid { get; private set; }

    /// <summary>The source's own Patient, once its PID is mapped.</summary>
    public FhirNode Patient { get; set; }

    /// <summary>The account of the patient, once its PID-18 is mapped.</summary>
    public FhirNode Account { get; set; }

    /// <summary>The visit of the message, once its PV1 is mapped.</summary>
    public FhirNode Encounter { get; set; }

    /// <summary>The episode that the visit is part of, where its PV1 names one.</summary>
    public FhirNode Episode { get; set; }

    /// <summary>For each segment the first leaf of each of its fields, and after them the end of the last.</summary>
    internal int[] FieldStarts => fieldStarts;

    /// <summary>All segments in message order.</summary>
    public IReadOnlyList<SegmentValue> Segments => segments;

    /// <summary>MSH-10.</summary>
    public ReadOnlySpan<byte> ControlId => segments[0][10].First.Utf8;

    /// <summary>What holds for times that state no zone.</summary>
    public DefaultZone Zone { get; private set; }

    /// <summary>The first segment of that name from that place on; absent where there is none.</summary>
    public SegmentValue First(string name, int from = 0)
    {
        for (var at = from; at < segments.Count; at++)
        {
            if (segments[at].Name == name) return segments[at];
        }

        return default;
    }

    /// <summary>Name of the field that a value stands in, such as OBX-3, in UTF-8.</summary>
    public ReadOnlySpan<byte> FieldName(Value value)
    {
        var field = Leaves[value.From];
        var name = segments[field.Segment].Name;
        return Arena.Read(Arena.Write($"{name}-{field.Field}".AsSpan()));
    }

    /// <summary>For each segment which one of its name it is, from 1.</summary>
    internal int[] Occurrences()
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        return [.. segments.Select(segment => counts[segment.Name] = counts.GetValueOrDefault(segment.Name) + 1)];
    }

    internal void Open(Er7Message message, TranslationContext given, LocalMaps maps)
    {
        context = given;
        LocalMaps = maps.OfSource(given.Source.Id);
        Leaves.Open(message);
        Notes.Open(Leaves.Count);
        var leaf = 0;
        for (var index = 0; index < message.SegmentCount; index++)
        {
            var starts = fieldStartCount;
            var field = 0;
            for (; leaf < Leaves.Count && Leaves[leaf].Segment == index; leaf++)
            {
                for (; field < Leaves[leaf].Field; field++) AddFieldStart(leaf);
            }

            AddFieldStart(leaf);
            segments.Add(new SegmentValue(this, message.SegmentAt(index).Name, index, starts, field));
        }

        Zone = DefaultZone.Of(segments[0][7].First.Utf8, given.Source.UtcOffset);
        Bundle = Arena.Resource("Bundle").Keep();
    }

    /// <summary>Forgets the message and everything of it.</summary>
    internal void Close()
    {
        context = null;
        reference = null;
        PatientNumber = 0;
        AtPrior = false;
        Pid = default;
        segments.Clear();
        if (segments.Capacity > 16 * 1024) segments.TrimExcess();
        fieldStartCount = 0;
        if (fieldStarts.Length > 64 * 1024) fieldStarts = new int[1024];
        Leaves.Close();
        Arena.Clear();
        Resources.Clear();
        CodeSystems.Clear();
        LocalUris.Clear();
        Mentions.Clear();
        Namesakes.Clear();
        Unmapped.Clear();
        LocalMaps = null;
        Bundle = Sender = Patient = Encounter = Episode = Account = default;
    }

    private void AddFieldStart(int leaf)
    {
        if (fieldStartCount == fieldStarts.Length) Array.Resize(ref fieldStarts, fieldStarts.Length * 2);
        fieldStarts[fieldStartCount++] = leaf;
    }

    /// <summary>Goes on to the patient of that PID: what is begun from now on is about him, and his visit is still to come.</summary>
    public void EnterPatient(SegmentValue pid)
    {
        var number = 0;
        for (var at = 0; at < pid.Index; at++)
        {
            if (segments[at].Name == "PID") number++;
        }

        Pid = pid;
        ReturnToPatient(number);
        Patient = Encounter = Episode = Account = default;
    }

    /// <summary>What is begun from now on is about the patient of that number, or about the one that his MRG names.</summary>
    /// <returns>False where the index knows no other citizen by that MRG: nothing is changed.</returns>
    internal bool ReturnToPatient(int number, bool prior = false)
    {
        if (prior && (context?.Subjects is not { } subjects || number >= subjects.Count || subjects[number].PriorId is not { } other || other == subjects[number].Id)) return false;
        if (PatientNumber != number || AtPrior != prior) reference = null;
        (PatientNumber, AtPrior) = (number, prior);
        return true;
    }

    /// <summary>Refers to whom the walk is at: the citizen in the index, or outside a hub the source's own Patient.</summary>
    public void ReferToSubject(FhirNode resource, string property)
    {
        if (SubjectId is { } id) resource.ConstantJson(property, reference ??= $$"""{"reference":"Patient/{{id}}"}""");
        else resource.Refer(property, Patient);
    }

    /// <summary>The same for an element that can refer to several.</summary>
    public void ReferItemToSubject(FhirNode resource, string property)
    {
        if (SubjectId is { } id) resource.ConstantItem(property).ConstantText("reference", Arena.Write($"Patient/{id}".AsSpan()));
        else resource.ReferItem(property, Patient);
    }
}
