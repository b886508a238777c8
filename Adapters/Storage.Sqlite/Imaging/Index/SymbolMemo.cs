using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Reading;

namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Index;

/// <summary>Texts of symbols for the rows of one reading: a thousand instances share a handful.</summary>
internal sealed class SymbolMemo(Reader reader)
{
    private readonly Dictionary<long, string> texts = [];

    public string Of(long symbol)
    {
        if (texts.TryGetValue(symbol, out var known)) return known;
        var row = reader.Prepare("SELECT value FROM symbol WHERE num = ?1").Bind(1, symbol);
        texts[symbol] = row.Step() ? row.Id(0) : "";
        row.Reset();
        return texts[symbol];
    }

    public string? OfOptional(long? symbol) => symbol is { } number ? Of(number) : null;
}
