using System.Globalization;

namespace EHealthPlus.Routing.Policy;

/// <summary>Days of the law are days in Hong Kong: UTC+8 all year.</summary>
internal static class HongKongDay
{
    private static readonly TimeSpan Offset = TimeSpan.FromHours(8);

    public static DateOnly Of(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(Offset).DateTime);

    /// <summary>As refusals write it: 2026-03-01.</summary>
    public static string Text(DateTimeOffset at) => Of(at).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
