using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Fhir.Writing;
using EHealthPlus.Transformers.Hl7v2ToFhir.Configured;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.Local;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;

/// <summary>
/// What became of each leaf. Complete by construction: a leaf is mapped where the writer put out a node that came from it, dropped where
/// a rule says so, and carried in every other case.
/// </summary>
internal sealed class TranslationLedger : ILedger
{
    private readonly ReadOnlyMemory<byte> message;
    private readonly TranslationContext context;
    private readonly ConfiguredMaps configured;
    private readonly LocalMaps local;

    private TranslationLedger(int mapped, int carried, int dropped, ReadOnlyMemory<byte> message, TranslationContext context, ConfiguredMaps configured, LocalMaps local)
    {
        Mapped = mapped;
        Carried = carried;
        Dropped = dropped;
        this.message = message;
        this.context = context;
        this.configured = configured;
        this.local = local;
    }

    public int Mapped { get; }

    public int Carried { get; }

    public int Dropped { get; }

    /// <summary>Counts a translation that has just been written.</summary>
    internal static TranslationLedger Count(Mapping mapping, ReadOnlyMemory<byte> message, TranslationContext context, ConfiguredMaps configured, LocalMaps local)
    {
        var leaves = mapping.Leaves.Count;
        Span<bool> mapped = leaves <= 1024 ? stackalloc bool[leaves] : new bool[leaves];
        FhirPath.MarkMapped(mapping.Arena, mapped);
        int mappedCount = 0, droppedCount = 0;
        for (var leaf = 0; leaf < leaves; leaf++)
        {
            if (mapped[leaf]) mappedCount++;
            else if (mapping.Notes.RuleOf(leaf) != DropRule.None) droppedCount++;
        }

        return new TranslationLedger(mappedCount, leaves - mappedCount - droppedCount, droppedCount, message, context, configured, local);
    }

    /// <summary>Translates once more, which gives the same, and reads the rows off it.</summary>
    public IEnumerable<LedgerRow> Rows()
    {
        var mapping = new Mapping();
        if (Hl7v2Translator.Map(mapping, message, context, configured, local) is { } rejection) throw new InvalidOperationException($"The message is no longer what was translated: {rejection}");
        BundleWriter.Write(mapping.Arena, new JsonOutput(), []);
        var paths = new List<string>?[mapping.Leaves.Count];
        var known = new HashSet<(int Leaf, string Path)>();
        FhirPath.ForEachMapped(mapping.Arena, (leaf, path) =>
        {
            if (known.Add((leaf, path))) (paths[leaf] ??= []).Add(path);
        });

        var notes = mapping.Notes.Texts();
        var occurrences = mapping.Occurrences();
        return Enumerable.Range(0, mapping.Leaves.Count).Select(leaf => Row(mapping, leaf, paths[leaf], notes.GetValueOrDefault(leaf), occurrences));
    }

    private static LedgerRow Row(Mapping mapping, int leaf, List<string>? paths, string? note, int[] occurrences)
    {
        var at = mapping.Leaves[leaf];
        var location = new FieldLocation(mapping.Segments[at.Segment].Name, occurrences[at.Segment], at.Field, at.Repetition, at.Component, at.Subcomponent);
        var text = System.Text.Encoding.UTF8.GetString(mapping.Leaves.IsNull(leaf) ? mapping.Leaves.Raw(leaf) : mapping.Leaves.Utf8(leaf));
        if (paths is not null) return new LedgerRow(location, text, LedgerDisposition.Mapped, paths, note);
        if (mapping.Notes.RuleOf(leaf) is var rule and not DropRule.None) return new LedgerRow(location, text, LedgerDisposition.Dropped, [], DropRules.TextOf(rule));
        var reason = note ?? (mapping.Leaves.IsBlank(leaf) ? CarryReason.Blank : CarryReason.NoElement);
        return new LedgerRow(location, text, LedgerDisposition.Carried, [], reason);
    }
}
