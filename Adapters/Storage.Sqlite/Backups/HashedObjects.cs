using System.Globalization;
using System.Text;

namespace EHealthPlus.Adapters.Storage.Sqlite.Backups;

/// <summary>objects.sha256: the hash of each object of a folder of backups, a line each as sha256sum(1) writes and checks them.</summary>
internal static class HashedObjects
{
    private const int DigestDigits = 64;

    /// <returns>Digests by the objects' keys; the last line of an object counts. A line that was cut off is none.</returns>
    public static Dictionary<UInt128, UInt128> Read(string path)
    {
        var digests = new Dictionary<UInt128, UInt128>();
        if (!File.Exists(path)) return digests;
        foreach (var line in File.ReadLines(path, Encoding.ASCII))
        {
            var name = line.AsSpan(line.LastIndexOf('/') + 1);
            if (name.Length == DigestDigits && line.Length > DigestDigits && TryNumber(name, out var key) && TryNumber(line, out var digest)) digests[key] = digest;
        }

        return digests;
    }

    public static string Line(string digest, string objectPath) => $"{digest}  {objectPath}\n";

    // 128 of 256 bits: this tells decay, not an attack. Whoever can write the objects can write the list.
    private static bool TryNumber(ReadOnlySpan<char> digits, out UInt128 number) => UInt128.TryParse(digits[..(DigestDigits / 2)], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);
}
