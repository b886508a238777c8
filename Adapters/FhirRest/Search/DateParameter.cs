using System.Globalization;
using System.Text.RegularExpressions;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Adapters.FhirRest.Search;

/// <summary>
/// Date search values (FHIR R4 3.1.1.4.10 and 3.1.1.5.1): prefix, then a date of any precision. The period runs from its first
/// moment up to, not including, the first moment after it. Where no zone is given it is Hong Kong's.
/// </summary>
internal static partial class DateParameter
{
    private static readonly TimeSpan HongKong = TimeSpan.FromHours(8);

    /// <returns>Null where the value is no date, or its prefix is none of eq ne lt le gt ge sa eb.</returns>
    public static DateBound? Parse(string value)
    {
        var match = Pattern().Match(value);
        if (!match.Success || ComparisonOf(match.Groups["prefix"].Value) is not { } comparison) return null;
        return PeriodOf(match) is { } period ? new DateBound(comparison, period.From, period.Until) : null;
    }

    private static DateComparison? ComparisonOf(string prefix) => prefix switch
    {
        "" or "eq" => DateComparison.Equal,
        "ne" => DateComparison.NotEqual,
        "lt" => DateComparison.LessThan,
        "le" => DateComparison.LessOrEqual,
        "gt" => DateComparison.GreaterThan,
        "ge" => DateComparison.GreaterOrEqual,
        "sa" => DateComparison.StartsAfter,
        "eb" => DateComparison.EndsBefore,
        _ => null,
    };

    private static (DateTimeOffset From, DateTimeOffset Until)? PeriodOf(Match match)
    {
        var (year, month, day) = (Number(match, "year"), Number(match, "month"), Number(match, "day"));

        // The years that leave room for any zone and for the end of the period.
        if (year is null or < 1000 or > 9998 || month is < 1 or > 12) return null;
        if (day is not null && (day < 1 || day > DateTime.DaysInMonth(year.Value, month!.Value))) return null;
        if (ZoneOf(match.Groups["zone"].Value) is not { } zone) return null;

        var from = new DateTimeOffset(year.Value, month ?? 1, day ?? 1, 0, 0, 0, zone);
        if (month is null) return (from, from.AddYears(1));
        if (day is null) return (from, from.AddMonths(1));
        if (Number(match, "hour") is not { } hour) return (from, from.AddDays(1));

        var minute = Number(match, "minute")!.Value;
        if (hour > 23 || minute > 59) return null;
        from = from.AddHours(hour).AddMinutes(minute);
        if (Number(match, "second") is not { } second) return (from, from.AddMinutes(1));
        if (second > 59) return null;
        from = from.AddSeconds(second);

        var fraction = match.Groups["fraction"].Value;
        if (fraction.Length == 0) return (from, from.AddSeconds(1));
        var step = TimeSpan.TicksPerSecond;
        for (var digit = 0; digit < fraction.Length; digit++) step /= 10;
        from = from.AddTicks(long.Parse(fraction, CultureInfo.InvariantCulture) * step);
        return (from, from.AddTicks(step));
    }

    // An unescaped + in an address reads as a space.
    private static TimeSpan? ZoneOf(string zone)
    {
        if (zone.Length == 0) return HongKong;
        if (zone == "Z") return TimeSpan.Zero;
        var (hours, minutes) = (int.Parse(zone.AsSpan(1, 2), CultureInfo.InvariantCulture), int.Parse(zone.AsSpan(4, 2), CultureInfo.InvariantCulture));
        if (minutes > 59 || hours > 14 || (hours == 14 && minutes > 0)) return null;
        var offset = new TimeSpan(hours, minutes, 0);
        return zone[0] == '-' ? -offset : offset;
    }

    private static int? Number(Match match, string group) =>
        match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(
        @"\A(?<prefix>[a-z]{0,2})(?<year>[0-9]{4})(-(?<month>[0-9]{2})(-(?<day>[0-9]{2})(T(?<hour>[0-9]{2}):(?<minute>[0-9]{2})(:(?<second>[0-9]{2})(\.(?<fraction>[0-9]{1,7}))?)?(?<zone>Z|[+ -][0-9]{2}:[0-9]{2})?)?)?)?\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Pattern();
}
