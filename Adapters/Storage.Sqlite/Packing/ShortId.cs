using System.Buffers;
using EHealthPlus.Adapters.Storage.Sqlite.Engine;

namespace EHealthPlus.Adapters.Storage.Sqlite.Packing;

/// <summary>Ids of 32 or 48 lower-case hexadecimal characters are kept as 16 or 24 bytes, others as text.</summary>
internal static class ShortId
{
    /// <summary>Bytes of an id that stands for itself.</summary>
    public const int Length = 16;

    /// <summary>Bytes of the id of a part: that of its whole, and 8 of its own.</summary>
    public const int PartLength = 24;

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    public static Statement BindId(this Statement statement, int parameter, string id)
    {
        Span<byte> bytes = stackalloc byte[PartLength];
        return TryPack(id, bytes, out var length) ? statement.Bind(parameter, bytes[..length]) : statement.Bind(parameter, id);
    }

    public static string Id(this Statement statement, int column) =>
        statement.IsBlob(column) ? Convert.ToHexStringLower(statement.Blob(column)) : statement.Text(column);

    /// <returns>False for an id that is kept as text.</returns>
    public static bool TryPack(string id, Span<byte> bytes, out int length)
    {
        length = id.Length / 2;
        if (length is not (Length or PartLength) || id.Length % 2 != 0 || id.AsSpan().ContainsAnyExcept(LowerHex)) return false;
        Convert.FromHexString(id, bytes, out _, out _);
        return true;
    }
}
