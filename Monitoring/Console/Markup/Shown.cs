using System.Globalization;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Monitoring.Console.Markup;

/// <summary>How numbers, sizes, durations and times are written.</summary>
internal static class Shown
{
    // Hong Kong has kept UTC+8 without summer time since 1979; a fixed offset needs no time zone files on the machine.
    public static readonly TimeSpan HongKong = TimeSpan.FromHours(8);

    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    public static string Rate(double value) => value switch
    {
        0 => "0",
        < 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("N0", CultureInfo.InvariantCulture),
    };

    public static string Share(long part, long whole) =>
        whole == 0 ? "–" : (100.0 * part / whole).ToString(part == 0 || part * 10 >= whole ? "0" : "0.0", CultureInfo.InvariantCulture) + "%";

    public static string Size(long bytes) => bytes switch
    {
        < 1_000 => $"{bytes.ToString(CultureInfo.InvariantCulture)} B",
        < 1_000_000 => (bytes / 1e3).ToString("0.0", CultureInfo.InvariantCulture) + " kB",
        _ => (bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture) + " MB",
    };

    public static string Duration(double? seconds, Language language) => seconds switch
    {
        null => "–",
        < 0.0001 => "<0.1 ms",
        < 0.01 => (seconds.Value * 1e3).ToString("0.0", CultureInfo.InvariantCulture) + " ms",
        < 1 => (seconds.Value * 1e3).ToString("0", CultureInfo.InvariantCulture) + " ms",
        < 60 => seconds.Value.ToString("0.0", CultureInfo.InvariantCulture) + " s",
        < 3600 => TimeSpan.FromSeconds(seconds.Value).ToString(@"m\:ss", CultureInfo.InvariantCulture) + ShellWords.Minutes.In(language),
        < 86_400 => TimeSpan.FromSeconds(seconds.Value).ToString(@"h\:mm", CultureInfo.InvariantCulture) + ShellWords.Hours.In(language),
        _ => (seconds.Value / 86_400).ToString("0.0", CultureInfo.InvariantCulture) + ShellWords.Days.In(language),
    };

    /// <summary>Hong Kong time; UTC on hover. The date is left out where it is today's.</summary>
    public static Html Time(HtmlBuilder html, DateTimeOffset at, DateTimeOffset now, bool fine = false)
    {
        var local = at.ToOffset(HongKong);
        var clock = local.ToString(fine ? "HH:mm:ss.fff" : "HH:mm:ss", CultureInfo.InvariantCulture);
        var today = local.Date == now.ToOffset(HongKong).Date;
        var utc = at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
        return html.Of(inner => inner.Add(
            $"""<time datetime="{at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)}" title="{utc} UTC">{(today ? "" : local.ToString("yyyy-MM-dd ", CultureInfo.InvariantCulture))}{clock}</time>"""));
    }

    /// <summary>Hours and minutes in Hong Kong.</summary>
    public static string Clock(DateTimeOffset at) => at.ToOffset(HongKong).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Day and time in Hong Kong to the millisecond, with its offset.</summary>
    public static string Exact(DateTimeOffset at) => at.ToOffset(HongKong).ToString("yyyy-MM-dd HH:mm:ss.fff zzz", CultureInfo.InvariantCulture);

    public static Html State(HtmlBuilder html, DepositState state) =>
        html.Of(inner => inner.Add($"""<span class="chip {KeyOf(state)}">{DepositWords.Of(state)}</span>"""));

    /// <summary>Why something was refused, above the form to put right.</summary>
    public static void Refusal(HtmlBuilder html, Rejection rejection)
    {
        var meaning = RejectionTable.Of(rejection.Code);
        html.Add($"""<p class="refusal" role="alert"><b>{(int)rejection.Code}</b> <strong>{new Phrase(meaning.English, meaning.Chinese)}</strong> <span>{new Phrase(rejection.Detail, rejection.DetailChinese ?? rejection.Detail)}</span></p>""");
    }

    /// <summary>The state as it stands in addresses and class names.</summary>
    public static string KeyOf(DepositState state) => state switch
    {
        DepositState.Received => "received",
        DepositState.AwaitingRetry => "awaiting-retry",
        DepositState.Delivered => "delivered",
        DepositState.Refused => "refused",
        _ => "quarantined",
    };
}
