using EHealthPlus.Adapters.FhirRest.Conformance;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Adapters.FhirRest.Search;

/// <summary>Reads the parameters that say what an answer holds, and in which order (FHIR R4 3.1.1.5.3 to 3.1.1.5.8).</summary>
internal static class InclusionReading
{
    /// <summary>Type:parameter, or Type:parameter:Target.</summary>
    /// <param name="reverse">True for _revinclude: the reference then is one of another type, which points at the type searched for.</param>
    /// <returns>Null where the type has no such reference.</returns>
    public static Inclusion? Read(ResourceType searched, string value, bool reverse)
    {
        if (value.Split(':') is not [var type, var name, .. { Length: <= 1 } rest]) return null;
        var target = rest.Length == 1 ? rest[0] : null;
        var reference = (reverse ? searched.ReverseIncludes : searched.Includes).FirstOrDefault(known => known.Type == type && known.Name == name);
        if (reference is null || (target is not null && !reference.Targets.Contains(target))) return null;
        return reverse && target is not null && target != searched.Name ? null : new(reference, target);
    }

    /// <summary>date or _lastUpdated, a hyphen before it for newest first; also the type's own name of its date.</summary>
    public static RecordOrder? ReadOrder(ResourceType searched, string value)
    {
        var descending = value.StartsWith('-');
        var name = descending ? value[1..] : value;
        return searched.Parameters.FirstOrDefault(parameter => parameter.Name == name)?.Field switch
        {
            SearchField.Date => descending ? RecordOrder.NewestDate : RecordOrder.OldestDate,
            SearchField.LastUpdated => descending ? RecordOrder.NewestChange : RecordOrder.OldestChange,
            _ => null,
        };
    }

    /// <summary>Names of top-level elements, with commas between.</summary>
    /// <returns>Null where one is not in the form of a name.</returns>
    public static IReadOnlyList<string>? ReadElements(string value)
    {
        var names = value.Split(',');
        return names.Length <= 50 && names.All(name => name.Length is > 0 and <= 64 && name.All(char.IsAsciiLetterOrDigit)) ? names : null;
    }
}
