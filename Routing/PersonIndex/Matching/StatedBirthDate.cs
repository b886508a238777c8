using System.Buffers;
using System.Globalization;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.PersonIndex.Matching;

/// <summary>Reads PID-7 (HL7 DTM: YYYYMMDD[HH[MM[SS[.S]]]][+/-ZZZZ]) as the calendar day of birth.</summary>
internal static class StatedBirthDate
{
    private static readonly FieldLocation Location = new("PID", 1, 7);
    private static readonly SearchValues<char> TimeCharacters = SearchValues.Create("0123456789.+-");
    private static readonly TimeSpan HongKong = TimeSpan.FromHours(8);

    /// <returns>Rejection 405 where it is no whole calendar date, 406 where it lies after today in Hong Kong.</returns>
    public static Result<DateOnly> Read(string text, DateTimeOffset now)
    {
        if (text.Length == 0) return Invalid("The date of birth is not stated");
        if (text.Length < 8) return Invalid("The date of birth is not a whole date of year, month and day");
        if (!DateOnly.TryParseExact(text.AsSpan(0, 8), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) || !IsTime(text.AsSpan(8)))
        {
            return Invalid("The date of birth is not a date of the calendar in the form YYYYMMDD");
        }

        return IsFuture(date, now) ? InFuture(Location) : date;
    }

    public static bool IsFuture(DateOnly date, DateTimeOffset now) => date > DateOnly.FromDateTime(now.ToOffset(HongKong).DateTime);

    public static Rejection InFuture(FieldLocation? location) =>
        new(RejectionCode.BirthDateInFuture, "The date of birth lies in the future", location);

    private static Rejection Invalid(string detail) => new(RejectionCode.BirthDateInvalid, detail, Location);

    /// <summary>The rest of a DTM after the day: only its characters are checked, since the time of birth does not identify.</summary>
    private static bool IsTime(ReadOnlySpan<char> rest) => rest.IndexOfAnyExcept(TimeCharacters) < 0;
}
