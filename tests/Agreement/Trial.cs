using System.Text.Json;
using System.Text.RegularExpressions;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Tests.Golden.Messages;

namespace EHealthPlus.Tests.Agreement;

/// <summary>One message translated, to look at where its values went.</summary>
public sealed partial class Trial
{
    [ThreadStatic]
    private static Dictionary<string, Trial?>? recent;

    private readonly Lazy<List<LedgerRow>> rows;

    private Trial(Translation translation)
    {
        rows = new(() => [.. translation.Ledger.Rows()]);
        Walk = new BundleWalk(JsonDocument.Parse(translation.Bundle).RootElement);
    }

    public BundleWalk Walk { get; }

    /// <summary>Null where the message is refused.</summary>
    public static Trial? Of(EditedMessage message)
    {
        // Rows of one field stand together, and most ask for the same messages.
        var known = recent ??= new(StringComparer.Ordinal);
        var text = message.Text();
        if (known.TryGetValue(text, out var trial)) return trial;
        if (known.Count == 300) known.Clear();
        return known[text] = Hospital.Translate(System.Text.Encoding.UTF8.GetBytes(text)) is { Accepted: true, Value: var translation } ? new Trial(translation) : null;
    }

    /// <summary>Paths that a field, or one of its components or subcomponents, went to.</summary>
    public IEnumerable<string> PathsOf(string segment, int occurrence, int field, int component = 0, int subcomponent = 0) => rows.Value
        .Where(row => row.Location.Segment == segment && row.Location.SegmentSequence == occurrence && row.Location.Field == field
            && (component == 0 || row.Location.Component == component) && (subcomponent == 0 || row.Location.Subcomponent == subcomponent))
        .SelectMany(row => row.Path);

    /// <summary>True where the path is one of the places or below one.</summary>
    public static bool IsWithin(string path, IReadOnlyDictionary<string, Place> places)
    {
        for (var end = path.Length; end > 0; end = path.LastIndexOfAny(['.', '['], end - 1))
        {
            if (places.ContainsKey(path[..end])) return true;
        }

        return false;
    }

    /// <summary>Patient.name[0].family as Patient.name.family.</summary>
    public static string WithoutPositions(string path) => Position().Replace(path, "");

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Position();
}
