using System.Collections.Frozen;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Registry;

namespace EHealthPlus.Routing.Policy.Law;

/// <summary>How the tables write kinds of providers and categories: the names in code, in lower case with hyphens.</summary>
internal static class LawKey
{
    private static readonly FrozenDictionary<string, ProviderKind> Kinds = KeysOf<ProviderKind>();
    private static readonly FrozenDictionary<string, SharingCategory> Categories = KeysOf<SharingCategory>();

    public static string Of<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    public static ProviderKind? Kind(string key) => Kinds.TryGetValue(key, out var kind) ? kind : null;

    public static SharingCategory? Category(string key) => Categories.TryGetValue(key, out var category) ? category : null;

    private static FrozenDictionary<string, T> KeysOf<T>() where T : struct, Enum => Enum.GetValues<T>().ToFrozenDictionary(Of, StringComparer.Ordinal);
}
