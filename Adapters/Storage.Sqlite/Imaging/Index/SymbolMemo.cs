using EHealthPlus.Adapters.Storage.Sqlite.Reading;

namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Index;

/// <summary>Texts of symbols for the rows of one reading: a thousand instances share a handful.</summary>
internal sealed class SymbolMemo(Reader reader)
{
    private readonly Dictionary<long, string> texts = [];

    public string Of(long symbol) => texts.TryGetValue(symbol, out var known) ? known : texts[symbol] = reader.TextOf(symbol);

    public string? OfOptional(long? symbol) => symbol is { } number ? Of(number) : null;
}
