using System.Globalization;

namespace EHealthPlus.Adapters.Storage.Sqlite.Record;

/// <summary>The period that a FHIR date, dateTime or instant spans by its precision (R4 3.1.1.4.10), in milliseconds since 1970 UTC.</summary>
/// <param name="From">Inclusive.</param>
/// <param name="Span">At least 1.</param>
internal readonly record struct ClinicalDate(long From, long Span)
{
    // A date without an offset is a day where it was written: in Hong Kong, which has had no summer time since 1979.
    private static readonly TimeSpan HongKong = TimeSpan.FromHours(8);

    /// <summary>Where a period ends that goes on: a Period without an end (R4 2.24.0.11).</summary>
    public static readonly long EndOfCalendar = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <param name="text">See <see cref="Routing.Contracts.Record.ResourceIndex.Date"/>.</param>
    /// <returns>Null where the text is no FHIR date, or one whose period leaves the calendar.</returns>
    public static ClinicalDate? Read(string? text) => text?.IndexOf('/', StringComparison.Ordinal) is { } slash and >= 0 ? ReadPeriod(text[..slash], text[(slash + 1)..]) : ReadDate(text);

    private static ClinicalDate? ReadPeriod(string start, string end)
    {
        if (ReadDate(start) is not { } first) return ReadDate(end);
        if (end.Length == 0) return first with { Span = EndOfCalendar - first.From };
        // An end that cannot be read, or lies before the start, says nothing.
        return ReadDate(end) is { } last && last.From + last.Span > first.From + first.Span ? first with { Span = last.From + last.Span - first.From } : first;
    }

    private static ClinicalDate? ReadDate(string? text) => text switch
    {
        null or ['0', '0', '0', ..] or ['9', '9', '9', '9', ..] => null,
        { Length: 4 } when Exact(text, "yyyy") is { } year => Between(year, year.AddYears(1)),
        { Length: 7 } when Exact(text, "yyyy-MM") is { } month => Between(month, month.AddMonths(1)),
        { Length: 10 } when Exact(text, "yyyy-MM-dd") is { } day => Between(day, day.AddDays(1)),
        { Length: > 10 } => ReadTime(text),
        _ => null,
    };

    private static ClinicalDate? ReadTime(string text)
    {
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)) return null;
        var clock = text.AsSpan(11);
        var zone = clock.IndexOfAny('Z', '+', '-');
        if (zone < 0) time = new(time.DateTime, HongKong);
        else clock = clock[..zone];
        return new(time.ToUnixTimeMilliseconds(), SpanOf(clock));
    }

    // hh:mm, hh:mm:ss, or hh:mm:ss.f with any number of digits.
    private static long SpanOf(ReadOnlySpan<char> clock) => clock.Length switch
    {
        <= 5 => 60_000,
        <= 8 => 1000,
        10 => 100,
        11 => 10,
        _ => 1,
    };

    private static DateTimeOffset? Exact(string text, string format) =>
        DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? new(date, HongKong) : null;

    private static ClinicalDate Between(DateTimeOffset from, DateTimeOffset until) =>
        new(from.ToUnixTimeMilliseconds(), until.ToUnixTimeMilliseconds() - from.ToUnixTimeMilliseconds());
}
