namespace EHealthPlus.Monitoring.Console.Words;

/// <summary>The console's languages.</summary>
public enum Language
{
    English,

    /// <summary>繁體中文, as written in Hong Kong.</summary>
    Chinese,
}

/// <summary>One thing the console says, in both languages: a phrase cannot be made without its translation.</summary>
internal sealed record Phrase(string English, string Chinese)
{
    public string In(Language language) => language == Language.Chinese ? Chinese : English;

    /// <summary>Fills {0}, {1} ... in both languages.</summary>
    public Phrase With(params object[] values) => new(
        string.Format(System.Globalization.CultureInfo.InvariantCulture, English, values),
        string.Format(System.Globalization.CultureInfo.InvariantCulture, Chinese, values));
}
