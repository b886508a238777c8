using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using EHealthPlus.Monitoring.Console.Words;

namespace EHealthPlus.Monitoring.Console.Markup;

/// <summary>Text that is markup already. Only <see cref="HtmlBuilder"/> and literals of this project make it.</summary>
internal readonly record struct Html(string Text);

/// <summary>
/// Writes HTML from interpolated strings: literal parts are markup, every hole is encoded for text and quoted attributes. Messages
/// are hostile input; there is no way to add a string without encoding it.
/// </summary>
internal sealed class HtmlBuilder(Language language)
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder text = new();

    public Language Language => language;

    public int Length => text.Length;

    public HtmlBuilder Add([InterpolatedStringHandlerArgument("")] ref Hole markup) => this;

    public HtmlBuilder Add(Html markup)
    {
        text.Append(markup.Text);
        return this;
    }

    public override string ToString() => text.ToString();

    public Html ToHtml() => new(text.ToString());

    /// <summary>A fragment of its own, to be put into a hole.</summary>
    public Html Of(Action<HtmlBuilder> write)
    {
        var inner = new HtmlBuilder(language);
        write(inner);
        return inner.ToHtml();
    }

    [InterpolatedStringHandler]
    internal readonly ref struct Hole
    {
        private readonly HtmlBuilder builder;

        public Hole(int literalLength, int holes, HtmlBuilder builder) => this.builder = builder;

        public void AppendLiteral(string markup) => builder.text.Append(markup);

        public void AppendFormatted(Html markup) => builder.text.Append(markup.Text);

        public void AppendFormatted(string? value) => builder.text.Append(value is null ? "" : Encoder.Encode(value));

        public void AppendFormatted(Phrase phrase) => AppendFormatted(phrase.In(builder.Language));

        public void AppendFormatted(long number) => builder.text.Append(number.ToString(CultureInfo.InvariantCulture));

        public void AppendFormatted(double number) => builder.text.Append(number.ToString("0.##", CultureInfo.InvariantCulture));
    }
}
