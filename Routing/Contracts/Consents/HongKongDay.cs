using System.Globalization;

namespace EHealthPlus.Routing.Contracts.Consents;

/// <summary>Days of the law are days in Hong Kong: UTC+8 all year.</summary>
public static class HongKongDay
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    public static DateOnly Of(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(Offset).DateTime);

    /// <summary>Its first moment.</summary>
    public static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), Offset);

    /// <summary>
    /// The same day so many years later. That of 29 February is 1 March in a year without one: a year then has its full length, and a
    /// person born on that day does not come of age before the year is over.
    /// </summary>
    public static DateOnly Anniversary(DateOnly day, int years) =>
        day is { Month: 2, Day: 29 } && !DateTime.IsLeapYear(day.Year + years) ? new(day.Year + years, 3, 1) : day.AddYears(years);

    /// <summary>As people read it: 2026-03-01.</summary>
    public static string Text(DateTimeOffset at) => Text(Of(at));

    /// <inheritdoc cref="Text(DateTimeOffset)"/>
    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
