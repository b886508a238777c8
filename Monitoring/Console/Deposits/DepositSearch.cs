using System.Globalization;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Http;

namespace EHealthPlus.Monitoring.Console.Deposits;

/// <summary>The filters of the list, as they stand in the address: source, state, type, code, q, from, until, before, count.</summary>
/// <param name="Invalid">Names and values that could not be read.</param>
/// <param name="Usual">Rows where the address does not say.</param>
internal sealed record DepositSearch(DepositFilter Filter, IReadOnlyList<(string Name, string Value)> Invalid, int Usual)
{
    /// <summary>In place of a source's id, which begins with a letter or digit.</summary>
    public const string NoSource = "-";

    private const int MostRows = 200;

    // Among so many that a text finds, the one whose control id it is comes first.
    private const int LookedThrough = 500;

    // What <input type="datetime-local"> sends, and the short forms that people type.
    private static readonly string[] LocalForms = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd"];

    /// <param name="count">Rows where the address does not say.</param>
    public static DepositSearch Read(IQueryCollection query, int count)
    {
        var invalid = new List<(string, string)>();
        string? Text(string name) => query[name].ToString().Trim() is { Length: > 0 and <= 200 } text ? text : null;
        T? Parsed<T>(string name, Func<string, T?> parse)
            where T : struct
        {
            if (Text(name) is not { } text) return null;
            var value = parse(text);
            if (value is null) invalid.Add((name, text));
            return value;
        }

        var source = Text("source");
        var filter = new DepositFilter(
            source is NoSource ? null : source, Parsed("state", StateOf), Parsed("code", CodeOf), Text("type")?.ToUpperInvariant(), Text("q"),
            Parsed("from", TimeOf), Parsed("until", TimeOf), Parsed("before", IdOf), Parsed("count", CountOf) ?? count, source is NoSource);
        return new(filter, invalid, count);
    }

    public string? Source => Filter.WithoutSource ? NoSource : Filter.SourceId;

    /// <returns>One more than a page where there is an older one. A deposit whose control id is the text itself comes before those that begin with it.</returns>
    public async Task<IReadOnlyList<DepositSummary>> FindAsync(IDepositQueries deposits, CancellationToken cancellationToken)
    {
        var count = Filter.Count + 1;
        if (Filter is not { Text: { } text, Before: null }) return await deposits.ListAsync(Filter with { Count = count }, cancellationToken);
        var hits = await deposits.ListAsync(Filter with { Count = Math.Max(count, LookedThrough) }, cancellationToken);
        return [.. hits.OrderByDescending(hit => string.Equals(hit.ControlId, text, StringComparison.Ordinal)).Take(count)];
    }

    /// <summary>The filters as a query string, for links.</summary>
    public string Address(DepositId? before = null)
    {
        var parts = new List<string>();
        void Add(string name, string? value)
        {
            if (value is not null) parts.Add(name + "=" + Uri.EscapeDataString(value));
        }

        Add("source", Source);
        Add("state", Filter.State is { } state ? Shown.KeyOf(state) : null);
        Add("code", Filter.Rejection is { } code ? ((int)code).ToString(CultureInfo.InvariantCulture) : null);
        Add("type", Filter.MessageType);
        Add("q", Filter.Text);
        Add("from", LocalText(Filter.From));
        Add("until", LocalText(Filter.Until));
        Add("before", before?.ToString());
        Add("count", Filter.Count == Usual ? null : Filter.Count.ToString(CultureInfo.InvariantCulture));
        return parts.Count == 0 ? "/deposits" : "/deposits?" + string.Join('&', parts);
    }

    public bool IsFiltered => Source is not null || Filter is not { State: null, Rejection: null, MessageType: null, Text: null, From: null, Until: null };

    public static string? LocalText(DateTimeOffset? at) => at?.ToOffset(Shown.HongKong).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);

    private static DepositState? StateOf(string text)
    {
        foreach (var state in Enum.GetValues<DepositState>())
        {
            if (string.Equals(Shown.KeyOf(state), text, StringComparison.OrdinalIgnoreCase)) return state;
        }

        return null;
    }

    private static RejectionCode? CodeOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Enum.IsDefined((RejectionCode)number) ? (RejectionCode)number : null;

    private static DepositId? IdOf(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? new(number) : null;

    private static int? CountOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= MostRows ? number : null;

    /// <summary>Hong Kong time where no offset is said.</summary>
    public static DateTimeOffset? TimeOf(string text)
    {
        if (DateTime.TryParseExact(text, LocalForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) return new(local, Shown.HongKong);
        return DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? at : null;
    }
}
