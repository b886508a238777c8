using System.Globalization;
using EHealthPlus.Monitoring.Console.Deposits;
using EHealthPlus.Routing.Contracts.Audit;
using Microsoft.AspNetCore.Http;

namespace EHealthPlus.Monitoring.Console.Audit;

/// <summary>The filters of the audit list as they stand in the address: person, actor, provider, action, outcome, from, until, before.</summary>
/// <param name="Invalid">Names and values that could not be read.</param>
internal sealed record AuditFilter(AuditSearch Search, IReadOnlyList<(string Name, string Value)> Invalid)
{
    public static AuditFilter Read(IQueryCollection query, int count)
    {
        var invalid = new List<(string, string)>();
        var (from, until) = (Parsed("from", DepositSearch.TimeOf), Parsed("until", DepositSearch.TimeOf));
        var permitted = Parsed("outcome", text => text switch { "permitted" => true, "refused" => false, _ => (bool?)null });
        var before = Parsed("before", text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (long?)null);
        return new(new(Text("person"), Text("actor"), Text("provider"), Text("action") is { } action ? [action] : null, permitted, from, until, before, count), invalid);

        string? Text(string name) => query[name].ToString().Trim() is { Length: > 0 and <= 128 } text ? text : null;

        T? Parsed<T>(string name, Func<string, T?> parse)
            where T : struct
        {
            if (Text(name) is not { } text) return null;
            var value = parse(text);
            if (value is null) invalid.Add((name, text));
            return value;
        }
    }

    public string? Action => Search.Actions is [var action] ? action : null;

    public bool IsFiltered => Parts.Count > 0;

    /// <summary>What an entry about this search says of it: names, never values.</summary>
    public string Target => Parts.Count == 0 ? "AuditEvent" : $"AuditEvent?{string.Join(',', Parts.Select(part => part.Name))}";

    /// <summary>The same filters from another entry on.</summary>
    public string Address(long? before)
    {
        var parts = Parts.Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value)}").ToList();
        if (before is { } number) parts.Add(string.Create(CultureInfo.InvariantCulture, $"before={number}"));
        return parts.Count == 0 ? "/audit" : "/audit?" + string.Join('&', parts);
    }

    /// <summary>Each filter that is set, as it stands in the address.</summary>
    private List<(string Name, string Value)> Parts =>
    [
        .. new (string Name, string? Value)[]
        {
            ("person", Search.PersonId), ("actor", Search.Actor), ("provider", Search.ProviderId), ("action", Action),
            ("outcome", Search.Permitted switch { true => "permitted", false => "refused", _ => null }),
            ("from", DepositSearch.LocalText(Search.From)), ("until", DepositSearch.LocalText(Search.Until)),
        }.Where(part => part.Value is not null).Select(part => (part.Name, part.Value!)),
    ];
}
