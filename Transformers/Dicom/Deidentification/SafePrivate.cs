using EHealthPlus.Transformers.Dicom.Dictionary;

namespace EHealthPlus.Transformers.Dicom.Deidentification;

/// <summary>The private attributes that PS3.15-2025a table E.3.10-1 knows to be safe (safe-private.txt).</summary>
internal static class SafePrivate
{
    private static readonly HashSet<(string Creator, uint Tag)> Known =
    [
        .. Registry.Lines("safe-private.txt").Where(line => line is not ['#', ..]).Select(line => line.Split('\t'))
            .Select(parts => (parts[0], ProfileTable.Hexadecimal(parts[1].Replace('x', '0')))),
    ];

    /// <param name="tag">As it stands: the block that it was given counts for nothing.</param>
    public static bool Holds(string creator, uint tag) => Known.Contains((creator, tag & 0xFFFF00FF));

    /// <summary>Names, addresses, dates and UIDs are not kept, whoever calls them safe.</summary>
    public static bool MayBeSafe(Vr vr) => vr is not (Vr.PN or Vr.UI or Vr.DA or Vr.DT or Vr.TM or Vr.AE or Vr.UR or Vr.UN or Vr.Other);
}
