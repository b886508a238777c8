using System.Buffers;
using EHealthPlus.Adapters.Storage.Sqlite.Engine;

namespace EHealthPlus.Adapters.Storage.Sqlite.Packing;

/// <summary>Ids of 32 lower-case hexadecimal characters are kept as 16 bytes, others as text.</summary>
internal static class ShortId
{
    public const int Length = 16;

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    public static Statement BindId(this Statement statement, int parameter, string id)
    {
        Span<byte> bytes = stackalloc byte[Length];
        return TryPack(id, bytes) ? statement.Bind(parameter, bytes) : statement.Bind(parameter, id);
    }

    public static string Id(this Statement statement, int column) =>
        statement.IsBlob(column) ? Convert.ToHexStringLower(statement.Blob(column)) : statement.Text(column);

    /// <returns>False for an id that is kept as text.</returns>
    public static bool TryPack(string id, Span<byte> bytes)
    {
        if (id.Length != 2 * Length || id.AsSpan().ContainsAnyExcept(LowerHex)) return false;
        Convert.FromHexString(id, bytes, out _, out _);
        return true;
    }
}
