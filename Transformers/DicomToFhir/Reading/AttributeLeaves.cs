using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Transformers.DicomToFhir.Reading;

/// <summary>Each populated value of a manifest's attributes, in its order: what the ledger accounts for.</summary>
internal sealed class AttributeLeaves
{
    private readonly List<(FieldLocation Location, string Text)> leaves = [];

    public int Count => leaves.Count;

    public (FieldLocation Location, string Text) this[int leaf] => leaves[leaf];

    /// <returns>Number of the leaf, from 0.</returns>
    public int Add(FieldLocation location, string text)
    {
        leaves.Add((location, text));
        return leaves.Count - 1;
    }
}
