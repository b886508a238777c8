using System.Collections.Frozen;

namespace EHealthPlus.Transformers.Dicom.Dictionary;

public enum UidKind
{
    Other,
    TransferSyntax,
    SopClass,
    MetaSopClass,
    ServiceClass,
}

/// <summary>A unique identifier as PS3.6 registers it.</summary>
public sealed record DefinedUid(UidKind Kind, string Name, bool Retired);

/// <summary>The registry of unique identifiers (PS3.6-2024 annex A): uids.txt, which generate.py writes.</summary>
public static class UidDictionary
{
    private static readonly FrozenDictionary<string, DefinedUid> Uids = Registry.Lines("uids.txt").Select(line => line.Split('\t'))
        .ToFrozenDictionary(parts => parts[0], parts => new DefinedUid(Kind(parts[1]), parts[2], parts.Length > 3), StringComparer.Ordinal);

    public static DefinedUid? Find(string uid) => Uids.GetValueOrDefault(uid);

    public static IEnumerable<KeyValuePair<string, DefinedUid>> All => Uids;

    private static UidKind Kind(string letter) => letter switch
    {
        "T" => UidKind.TransferSyntax,
        "C" => UidKind.SopClass,
        "M" => UidKind.MetaSopClass,
        "S" => UidKind.ServiceClass,
        _ => UidKind.Other,
    };
}
