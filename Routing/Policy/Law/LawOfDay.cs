using System.Collections.Frozen;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Registry;

namespace EHealthPlus.Routing.Policy.Law;

/// <summary>What holds on one day, laid out for lookups: the tables are searched once for each span of days, not for each decision.</summary>
internal sealed class LawOfDay
{
    private readonly RightRule?[,] rights;
    private readonly FrozenDictionary<Profession, ProfessionRule> professions;
    private readonly FrozenDictionary<(Reader, PurposeOfUse), PurposeRule> purposes;
    private readonly FrozenDictionary<Reader, PurposeRule> usual;

    /// <exception cref="InvalidDataException">Two rows say different things about the same day.</exception>
    public LawOfDay(LawTables tables, DateOnly day)
    {
        rights = new RightRule?[2, (int)Enum.GetValues<ProviderKind>().Max() + 1];
        foreach (var rule in tables.Rights.Where(rule => rule.Validity.Holds(day)))
        {
            foreach (var kind in rule.Kinds)
            {
                ref var place = ref rights[(int)rule.Right, (int)kind];
                if (place is not null) throw new InvalidDataException($"Rules {place.Id} and {rule.Id} both hold on {day:O} for {kind}");
                place = rule;
            }
        }

        // What is no patient data, such as the Practitioner that a result names, comes with what is.
        SharedCategories = tables.Categories.Where(rule => rule.Shared.Holds(day)).Select(rule => rule.Category).Append(SharingCategory.None).ToFrozenSet();
        CitizenSees = tables.Categories.Where(rule => rule.Shared.Holds(day) && rule.CitizenSees?.Holds(day) == true)
            .Select(rule => rule.Category).Append(SharingCategory.None).ToFrozenSet();
        professions = tables.Professions.Where(rule => rule.Validity.Holds(day))
            .Select(rule => rule with { Categories = rule.Categories.Where(SharedCategories.Contains).Append(SharingCategory.None).ToFrozenSet() })
            .ToFrozenDictionary(rule => rule.Profession);
        var purposesOfDay = tables.Purposes.Where(rule => rule.Validity.Holds(day)).ToList();
        purposes = purposesOfDay.ToFrozenDictionary(rule => (rule.Reader, rule.Purpose));
        usual = purposesOfDay.Where(rule => rule.Usual).ToFrozenDictionary(rule => rule.Reader);
    }

    /// <summary>Only what is within the scope may be shared at all.</summary>
    public FrozenSet<SharingCategory> SharedCategories { get; }

    /// <summary>What of the own record a citizen sees.</summary>
    public FrozenSet<SharingCategory> CitizenSees { get; }

    public RightRule? RightOf(Right right, ProviderKind kind) => rights[(int)right, (int)kind];

    /// <summary>Its categories are those within the scope of the day.</summary>
    public ProfessionRule? ProfessionOf(Profession profession) => professions.GetValueOrDefault(profession);

    /// <param name="stated">Null takes the usual one.</param>
    /// <returns>Null where the reader may not obtain for that purpose.</returns>
    public PurposeRule? PurposeOf(Reader reader, PurposeOfUse? stated) =>
        stated is { } purpose ? purposes.GetValueOrDefault((reader, purpose)) : usual.GetValueOrDefault(reader);
}

/// <summary>The law by day.</summary>
internal sealed class LawByDay
{
    private readonly DateOnly[] changes;
    private readonly LawOfDay[] spans;
    private readonly LawOfDay before;

    public LawByDay(LawTables tables)
    {
        changes = [.. tables.Changes()];
        before = new(tables, DateOnly.MinValue);
        spans = [.. changes.Select(day => new LawOfDay(tables, day))];
    }

    public LawOfDay On(DateOnly day)
    {
        var at = Array.BinarySearch(changes, day);
        if (at < 0) at = ~at - 1;
        return at < 0 ? before : spans[at];
    }
}
