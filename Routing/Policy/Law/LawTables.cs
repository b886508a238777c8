using System.Collections.Frozen;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Registry;

namespace EHealthPlus.Routing.Policy.Law;

/// <summary>From when until when a row holds.</summary>
/// <param name="Until">First day on which it no longer holds; null for the law in force.</param>
internal readonly record struct Validity(DateOnly From, DateOnly? Until)
{
    public bool Holds(DateOnly day) => From <= day && !(Until <= day);
}

/// <summary>Which right a rule gives. To provide and to obtain are separate rights (Cap. 625).</summary>
internal enum Right { Provide, Obtain }

/// <summary>rights.csv: between two days, providers of these kinds have a right where these consents stand.</summary>
/// <param name="NeedsSharing">True where the provider's own sharing consent is needed beside the joining consent.</param>
internal sealed record RightRule(string Id, Right Right, FrozenSet<ProviderKind> Kinds, Validity Validity, bool NeedsSharing, Wording Title, Wording Basis)
{
    /// <summary>For the audit, in both languages: which rule, on which basis.</summary>
    public string Name { get; } = $"{Id} {Title.English} {Title.Chinese} ({Basis.English} {Basis.Chinese})";
}

/// <summary>categories.csv: since when a category may be shared, and since when the citizen sees it.</summary>
internal sealed record CategoryRule(SharingCategory Category, Wording Name, Validity Shared, Validity? CitizenSees);

/// <summary>Whether a clinician's read needs a care relation.</summary>
internal enum RelationDemand
{
    /// <summary>Without one it is permitted, and flagged.</summary>
    Flag = 1,

    /// <summary>Without one it is refused.</summary>
    Required = 2,
}

/// <summary>professions.csv: the categories that a profession may obtain.</summary>
internal sealed record ProfessionRule(Profession Profession, Validity Validity, RelationDemand Relation, FrozenSet<SharingCategory> Categories);

/// <summary>Who reads, as purposes.csv tells readers apart.</summary>
internal enum Reader { Clinician, Citizen, SubstituteDecisionMaker }

/// <summary>purposes.csv: the purposes for which a kind of reader may obtain.</summary>
/// <param name="Usual">True for the one that stands where none is stated.</param>
internal sealed record PurposeRule(Reader Reader, PurposeOfUse Purpose, bool Usual, Validity Validity, bool RelationRequired, Wording Title, string Basis);

/// <summary>The tables of the law, as they were and are. docs/policy tells how to read and change them.</summary>
internal sealed class LawTables
{
    public IReadOnlyList<RightRule> Rights { get; } = [.. LawFile.Read("rights.csv").Select(ReadRight)];

    public IReadOnlyList<CategoryRule> Categories { get; } = [.. LawFile.Read("categories.csv").Select(ReadCategory)];

    public IReadOnlyList<ProfessionRule> Professions { get; } = [.. LawFile.Read("professions.csv").Select(ReadProfession)];

    public IReadOnlyList<PurposeRule> Purposes { get; } = [.. LawFile.Read("purposes.csv").Select(ReadPurpose)];

    /// <summary>The days on which anything begins or ends, oldest first.</summary>
    public IReadOnlyList<DateOnly> Changes()
    {
        var validities = Rights.Select(rule => rule.Validity)
            .Concat(Categories.Select(rule => rule.Shared)).Concat(Categories.Select(rule => rule.CitizenSees).OfType<Validity>())
            .Concat(Professions.Select(rule => rule.Validity)).Concat(Purposes.Select(rule => rule.Validity));
        return [.. validities.SelectMany(validity => new[] { validity.From, validity.Until }).OfType<DateOnly>().Distinct().Order()];
    }

    private static RightRule ReadRight(LawRow row)
    {
        var consents = row["consents"];
        if (consents is not ("joining" or "joining sharing")) throw row.Fault($"consents is neither joining nor joining sharing: {consents}");
        return new(
            row["rule"], row["right"] switch { "provide" => Right.Provide, "obtain" => Right.Obtain, var other => throw row.Fault($"right is not known: {other}") },
            row["providers"].Split(' ').Select(key => LawKey.Kind(key) ?? throw row.Fault($"providers names {key}")).ToFrozenSet(),
            Validity(row, "from", "until") ?? throw row.Fault("from is empty"), consents == "joining sharing",
            new(row["title"], row["title in chinese"]), new(row["basis"], row["basis in chinese"]));
    }

    private static CategoryRule ReadCategory(LawRow row)
    {
        var category = row.Named("category", LawKey.Category);
        if (row["number"] != ((int)category).ToString(System.Globalization.CultureInfo.InvariantCulture)) throw row.Fault("number is not that of the category");
        return new(
            category, new(row["name"], row["name in chinese"]), Validity(row, "shared from", "shared until") ?? throw row.Fault("shared from is empty"),
            Validity(row, "citizen sees from", "citizen sees until"));
    }

    private static ProfessionRule ReadProfession(LawRow row) => new(
        row.Named("profession", key => ProfessionName.Find(key)?.Profession), Validity(row, "from", "until") ?? throw row.Fault("from is empty"),
        row["care relation"] switch
        {
            "flag" => RelationDemand.Flag,
            "required" => RelationDemand.Required,
            var other => throw row.Fault($"care relation is neither flag nor required: {other}"),
        },
        Enum.GetValues<SharingCategory>().Where(category => category != SharingCategory.None && row[LawKey.Of(category)] switch
        {
            "obtain" => true,
            "" => false,
            var other => throw row.Fault($"a cell is neither obtain nor empty: {other}"),
        }).ToFrozenSet());

    private static PurposeRule ReadPurpose(LawRow row) => new(
        row["reader"] switch
        {
            "clinician" => Reader.Clinician,
            "citizen" => Reader.Citizen,
            "substitute-decision-maker" => Reader.SubstituteDecisionMaker,
            var other => throw row.Fault($"reader is not known: {other}"),
        },
        row.Named("purpose", PurposeCode.Find), row["usual"] == "usual", Validity(row, "from", "until") ?? throw row.Fault("from is empty"),
        row["care relation"] == "required", new(row["title"], row["title in chinese"]), row["basis"]);

    private static Validity? Validity(LawRow row, string from, string until) => row.Day(from) is { } first ? new(first, row.Day(until)) : null;
}
