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

    public bool IsFiltered => Search is not { PersonId: null, Actor: null, ProviderId: null, Actions: null, Permitted: null, From: null, Until: null };

    /// <summary>What an entry about this search says of it: names, never values.</summary>
    public string Target
    {
        get
        {
            var names = new (string Name, bool Stated)[]
            {
                ("person", Search.PersonId is not null), ("actor", Search.Actor is not null), ("provider", Search.ProviderId is not null), ("action", Action is not null),
                ("outcome", Search.Permitted is not null), ("from", Search.From is not null), ("until", Search.Until is not null),
            }.Where(part => part.Stated).Select(part => part.Name).ToList();
            return names.Count == 0 ? "AuditEvent" : $"AuditEvent?{string.Join(',', names)}";
        }
    }

    /// <summary>The same filters from another entry on.</summary>
    public string Address(long? before)
    {
        var parts = new List<string>();
        Add("person", Search.PersonId);
        Add("actor", Search.Actor);
        Add("provider", Search.ProviderId);
        Add("action", Action);
        Add("outcome", Search.Permitted switch { true => "permitted", false => "refused", _ => null });
        Add("from", DepositSearch.LocalText(Search.From));
        Add("until", DepositSearch.LocalText(Search.Until));
        Add("before", before?.ToString(CultureInfo.InvariantCulture));
        return parts.Count == 0 ? "/audit" : "/audit?" + string.Join('&', parts);

        void Add(string name, string? value)
        {
            if (value is not null) parts.Add($"{name}={Uri.EscapeDataString(value)}");
        }
    }
}
