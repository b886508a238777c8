namespace EHealthPlus.Transformers.FhirToHl7v2.Datatypes;

/// <summary>The way back from urn:ehealthplus:local:SOURCE:NAME: the name as its source wrote it.</summary>
internal static class LocalName
{
    private const string Prefix = "urn:ehealthplus:local:";

    public static bool IsLocal(string uri) => uri.StartsWith(Prefix, StringComparison.Ordinal);

    /// <returns>Null where the URI is none of the hub's, or names only the field that a code stood in.</returns>
    public static string? Of(string? uri)
    {
        if (uri is null || !IsLocal(uri)) return null;
        var name = Uri.UnescapeDataString(uri[(uri.IndexOf(':', Prefix.Length) + 1)..]);
        return IsField(name) ? null : name;
    }

    /// <summary>Such as OBX-3: what the hub writes where a code names no system.</summary>
    private static bool IsField(string name) => name.Length is > 4 and < 8 && name[3] == '-' && name.AsSpan(4).IndexOfAnyExceptInRange('0', '9') < 0;
}
