using System.Collections.Concurrent;

namespace EHealthPlus.Adapters.Storage.Sqlite.Reading;

/// <summary>Texts of the symbols that rows of every citizen share: sources, providers, message types. To ask for one with each row costs as much as the row.</summary>
internal sealed class SharedTexts
{
    // There are as many as are registered; who gave a consent may be anybody.
    private const int Capacity = 10_000;

    // Symbols never change.
    private readonly ConcurrentDictionary<long, string> texts = new();

    public string Of(Reader reader, long symbol)
    {
        if (texts.TryGetValue(symbol, out var known)) return known;
        if (texts.Count >= Capacity) texts.Clear();
        return texts[symbol] = reader.TextOf(symbol);
    }

    public string? OfOptional(Reader reader, long? symbol) => symbol is { } number ? Of(reader, number) : null;
}
