using System.Collections.Concurrent;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;

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
        return texts[symbol] = Read(reader, symbol);
    }

    public string? OfOptional(Reader reader, long? symbol) => symbol is { } number ? Of(reader, number) : null;

    /// <summary>The same of a symbol that is one citizen's own, which is not kept.</summary>
    public static string Read(Reader reader, long symbol)
    {
        var row = reader.Prepare("SELECT value FROM symbol WHERE num = ?1").Bind(1, symbol);
        row.Step();
        var text = row.Id(0);
        row.Reset();
        return text;
    }
}
