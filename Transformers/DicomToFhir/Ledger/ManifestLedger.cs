using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.DicomToFhir.Reading;
using EHealthPlus.Transformers.Fhir.Building;

namespace EHealthPlus.Transformers.DicomToFhir.Ledger;

/// <summary>
/// What became of each value of a manifest. Complete by construction: a leaf is mapped where the writer put out a node that came from it,
/// dropped where a rule says so, and carried in every other case.
/// </summary>
internal sealed class ManifestLedger : ILedger
{
    private readonly Func<StudyMapping> again;

    private ManifestLedger(int mapped, int carried, int dropped, Func<StudyMapping> again)
    {
        (Mapped, Carried, Dropped) = (mapped, carried, dropped);
        this.again = again;
    }

    public int Mapped { get; }

    public int Carried { get; }

    public int Dropped { get; }

    /// <param name="written">A translation that has just been written.</param>
    /// <param name="again">Makes it, and writes it, once more.</param>
    public static ManifestLedger Count(StudyMapping written, Func<StudyMapping> again)
    {
        var mapped = new bool[written.Manifest.Leaves.Count];
        FhirPath.MarkMapped(written.Arena, mapped);
        int kept = 0, dropped = 0;
        for (var leaf = 0; leaf < mapped.Length; leaf++)
        {
            if (mapped[leaf]) kept++;
            else if (written.NoteOf(leaf) is { } note && ManifestNote.Drops(note)) dropped++;
        }

        return new(kept, mapped.Length - kept - dropped, dropped, again);
    }

    public IEnumerable<LedgerRow> Rows()
    {
        var mapping = again();
        var leaves = mapping.Manifest.Leaves;
        var paths = new List<string>?[leaves.Count];
        FhirPath.ForEachMapped(mapping.Arena, (leaf, path) =>
        {
            var of = paths[leaf] ??= [];
            if (!of.Contains(path)) of.Add(path);
        });
        return Enumerable.Range(0, leaves.Count).Select(leaf => Row(leaves, leaf, paths[leaf], mapping.NoteOf(leaf)));
    }

    private static LedgerRow Row(AttributeLeaves leaves, int leaf, List<string>? paths, string? note)
    {
        var (location, text) = leaves[leaf];
        if (paths is not null) return new(location, text, LedgerDisposition.Mapped, paths, note);
        return note is not null && ManifestNote.Drops(note)
            ? new(location, text, LedgerDisposition.Dropped, [], note)
            : new(location, text, LedgerDisposition.Carried, [], note ?? ManifestNote.NoElement);
    }
}
