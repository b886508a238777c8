namespace EHealthPlus.Transformers.DicomToFhir.Reports;

/// <summary>
/// A report and what became of it. In DICOM a corrected document is another one, with its own UID, that names its predecessor; in the record it is a
/// new version of the same DiagnosticReport.
/// </summary>
/// <param name="Root">UID of the first of them, also where only its successor names it: what the ids of the chain's resources are made of.</param>
/// <param name="Current">The last one.</param>
/// <param name="Earlier">Those before it that are in the study.</param>
internal sealed record DocumentChain(string Root, StudyDocument Current, IReadOnlyList<StudyDocument> Earlier)
{
    /// <summary>In the order of their current documents.</summary>
    public static IReadOnlyList<DocumentChain> Of(IReadOnlyList<StudyDocument> documents)
    {
        var known = new Dictionary<string, StudyDocument>(StringComparer.Ordinal);
        foreach (var document in documents) known[document.SopInstanceUid] = document;
        return
        [
            .. documents.Select(document => (Document: document, Way: WayOf(document, known))).GroupBy(each => each.Way.Root, StringComparer.Ordinal)
                .Select(chain => chain.OrderBy(each => each.Way.Length).ThenBy(each => each.Document.MadeAt, StringComparer.Ordinal).ThenBy(each => each.Document.Place)
                    .Select(each => each.Document).ToList())
                .Select(chain => new DocumentChain(WayOf(chain[^1], known).Root, chain[^1], chain[..^1]))
                .OrderBy(chain => chain.Current.Place),
        ];
    }

    /// <summary>From predecessor to predecessor; documents that name each other in a ring end it.</summary>
    private static (string Root, int Length) WayOf(StudyDocument document, Dictionary<string, StudyDocument> known)
    {
        var (root, seen) = (document.SopInstanceUid, new HashSet<string>(StringComparer.Ordinal) { document.SopInstanceUid });
        while (known.TryGetValue(root, out var at) && at.Predecessor.Length > 0 && seen.Add(at.Predecessor)) root = at.Predecessor;
        // In a ring each would be the root of another: the smallest UID is.
        return known.TryGetValue(root, out var last) && last.Predecessor.Length > 0 ? (seen.Min(StringComparer.Ordinal)!, 0) : (root, seen.Count);
    }
}
