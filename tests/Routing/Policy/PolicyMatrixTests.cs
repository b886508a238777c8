using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Policy;
using EHealthPlus.Routing.Policy.Law;
using static EHealthPlus.Tests.Routing.Policy.PolicyCell;

namespace EHealthPlus.Tests.Routing.Policy;

/// <summary>
/// Every cell of the policy against the approved tables of docs/policy. The tables are small enough to be read by a lawyer; the last test
/// multiplies them out to every combination of category, profession, purpose, care relation, consent, kind of provider and day.
/// </summary>
public sealed class PolicyMatrixTests
{
    private static readonly AccessPolicy Policy = new();
    private static readonly ProviderKind[] Kinds = Enum.GetValues<ProviderKind>();
    private static readonly ConsentState[] States = Enum.GetValues<ConsentState>();
    private static readonly Profession[] Professions = Enum.GetValues<Profession>();
    private static readonly SharingCategory[] Categories = [.. Enum.GetValues<SharingCategory>().Where(category => category != SharingCategory.None)];
    private static readonly string[] CategoryKeys = [.. Categories.Select(LawKey.Of)];

    private static ApprovedTable Provide => ApprovedTable.Of(
        "provide.csv", ["day", "provider"], Days.SelectMany(day => Kinds.Select(kind => new[] { ApprovedTable.Day(day), LawKey.Of(kind) })), [.. States.Select(LawKey.Of)],
        (row, state) => Told(Policy.MayProvide(Provider(KindOf(row[1])), Citizen, Consents(StateOf(state), DayOf(row[0])), Noon(DayOf(row[0])))));

    private static ApprovedTable ProvideCategories => ApprovedTable.Of(
        "provide-categories.csv", ["day"], Days.Skip(1).Select(day => new[] { ApprovedTable.Day(day) }), CategoryKeys,
        (row, category) => YesNo(Policy.MayProvide(Provider(ProviderKind.HospitalAuthority), Citizen, Consents(ConsentState.Joined, DayOf(row[0])), Noon(DayOf(row[0]))), category));

    /// <summary>By a medical practitioner, for treatment, with a care relation.</summary>
    private static ApprovedTable Obtain => ApprovedTable.Of(
        "obtain.csv", ["day", "provider"], Days.SelectMany(day => Kinds.Select(kind => new[] { ApprovedTable.Day(day), LawKey.Of(kind) })), [.. States.Select(LawKey.Of)],
        (row, state) => Told(Policy.MayObtain(Clinician(DayOf(row[0]), KindOf(row[1]), StateOf(state), Profession.MedicalPractitioner, null, related: true))));

    /// <summary>At a clinic, with consent, for treatment.</summary>
    private static ApprovedTable Need => ApprovedTable.Of(
        "obtain-categories.csv", ["day", "profession"],
        Days.Skip(1).SelectMany(day => Professions.Select(profession => new[] { ApprovedTable.Day(day), ProfessionName.Of(profession).Key })), ["without care relation", .. CategoryKeys],
        (row, column) => column == "without care relation"
            ? Told(Policy.MayObtain(Clinician(DayOf(row[0]), ProviderKind.Clinic, ConsentState.SharedWithoutEnd, ProfessionOf(row[1]), null, related: false)))
            : YesNo(Policy.MayObtain(Clinician(DayOf(row[0]), ProviderKind.Clinic, ConsentState.SharedWithoutEnd, ProfessionOf(row[1]), null, related: true)), column));

    /// <summary>By a medical practitioner of a clinic, with consent.</summary>
    private static ApprovedTable Purpose => ApprovedTable.Of(
        "purposes.csv", ["purpose"], Purposes.Select(purpose => new[] { PurposeKey(purpose) }), ["clinician with care relation", "clinician without care relation", "citizen", "substitute decision maker"],
        (row, reader) => Told(Policy.MayObtain(reader switch
        {
            "citizen" => AsCitizen(PurposeOf(row[0]), new(2026, 11, 21)),
            "substitute decision maker" => AsSubstitute(PurposeOf(row[0]), new(2026, 11, 21), null),
            _ => Clinician(new(2026, 11, 21), ProviderKind.Clinic, ConsentState.SharedWithoutEnd, Profession.MedicalPractitioner, PurposeOf(row[0]), reader == "clinician with care relation"),
        })));

    private static ApprovedTable OwnView => ApprovedTable.Of(
        "citizen-categories.csv", ["day", "reader"],
        Days.Skip(1).SelectMany(day => new[] { "citizen", "substitute decision maker" }.Select(reader => new[] { ApprovedTable.Day(day), reader })), CategoryKeys,
        (row, category) => YesNo(Policy.MayObtain(row[1] == "citizen" ? AsCitizen(null, DayOf(row[0])) : AsSubstitute(null, DayOf(row[0]), null)), category));

    [Fact]
    public void Each_cell_of_providing_is_as_approved()
    {
        var (approved, categories) = (Provide, ProvideCategories);
        foreach (var day in Days)
        {
            foreach (var kind in Kinds)
            {
                foreach (var state in States)
                {
                    var decision = Policy.MayProvide(Provider(kind), Citizen, Consents(state, day), Noon(day));
                    Same(approved[ApprovedTable.Key(ApprovedTable.Day(day), LawKey.Of(kind)), LawKey.Of(state)], Told(decision), day, kind, state);
                    foreach (var category in Categories)
                    {
                        var expected = decision.Granted && categories[ApprovedTable.Day(day), LawKey.Of(category)] == "yes";
                        Same(expected, decision.Permitted.Contains(category), day, kind, state, category);
                    }
                }
            }
        }
    }

    [Fact]
    public void Each_cell_of_the_citizens_own_view_is_as_approved()
    {
        var (view, purposes) = (OwnView, Purpose);
        foreach (var day in Days.Skip(1))
        {
            foreach (var purpose in Purposes)
            {
                foreach (var (reader, decision) in new[] { ("citizen", Policy.MayObtain(AsCitizen(purpose, day))), ("substitute decision maker", Policy.MayObtain(AsSubstitute(purpose, day, null))) })
                {
                    Same(purposes[PurposeKey(purpose), reader], Told(decision), day, purpose, reader);
                    foreach (var category in Categories)
                    {
                        Same(decision.Granted && view[ApprovedTable.Key(ApprovedTable.Day(day), reader), LawKey.Of(category)] == "yes", decision.Permitted.Contains(category), day, reader, category);
                    }
                }
            }
        }
    }

    /// <summary>
    /// A refusal comes from the first of: provider's right on that day, profession, purpose, consents, care relation. The tables hold each of
    /// them alone; here they are multiplied out.
    /// </summary>
    [Fact]
    public void Each_cell_of_obtaining_is_as_approved()
    {
        var (consents, need, purposes) = (Obtain, Need, Purpose);
        var cells = 0;
        foreach (var day in Days)
        {
            foreach (var kind in Kinds)
            {
                foreach (var profession in Professions)
                {
                    foreach (var purpose in Purposes)
                    {
                        foreach (var state in States)
                        {
                            foreach (var related in new[] { true, false })
                            {
                                var decision = Policy.MayObtain(Clinician(day, kind, state, profession, purpose, related));
                                var (expected, row) = Expected(day, kind, profession, purpose, state, related);
                                Same(expected, Told(decision), day, kind, profession, purpose, state, related);
                                foreach (var category in Categories)
                                {
                                    Same(expected.StartsWith("yes", StringComparison.Ordinal) && need[row, LawKey.Of(category)] == "yes", decision.Permitted.Contains(category), day, kind, profession, purpose, state, related, category);
                                    cells++;
                                }
                            }
                        }
                    }
                }
            }
        }

        Assert.Equal(Days.Length * Kinds.Length * Professions.Length * Purposes.Length * States.Length * 2 * Categories.Length, cells);

        (string, string) Expected(DateOnly day, ProviderKind kind, Profession profession, PurposeOfUse? purpose, ConsentState state, bool related)
        {
            var row = ApprovedTable.Key(ApprovedTable.Day(day), ProfessionName.Of(profession).Key);
            var byConsent = consents[ApprovedTable.Key(ApprovedTable.Day(day), LawKey.Of(kind)), LawKey.Of(state)];
            if (byConsent.StartsWith("522", StringComparison.Ordinal) || byConsent.StartsWith("513", StringComparison.Ordinal)) return (byConsent, row);
            var byPurpose = purposes[PurposeKey(purpose), related ? "clinician with care relation" : "clinician without care relation"];
            if (byPurpose.StartsWith("517", StringComparison.Ordinal)) return (byPurpose, row);
            if (byConsent != "yes") return (byConsent, row);
            if (related) return ("yes", row);
            return (byPurpose.StartsWith("518", StringComparison.Ordinal) ? byPurpose : need[row, "without care relation"], row);
        }
    }

    private static ObtainRequest AsCitizen(PurposeOfUse? purpose, DateOnly day) =>
        new(new("citizen", Role.Citizen, null, Citizen.DocumentNumber, Purpose: purpose), null, Citizen, [], Noon(day));

    private static ObtainRequest AsSubstitute(PurposeOfUse? purpose, DateOnly day, DateTimeOffset? until) =>
        new(new("parent", Role.Citizen, null, "G123456A", Purpose: purpose), null, Citizen, [], Noon(day))
        {
            SubstituteDecisionMakers = [new("m", Citizen.Id, "G123456A", "SYNTHETIC PARENT", "MTH", SubstitutionGround.LackingCapacity, Noon(day).AddDays(-1), until, null)],
        };

    private static void Same<T>(T expected, T seen, params object?[] cell)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, seen)) Assert.Fail($"{string.Join(", ", cell)}: approved is {expected}, the policy says {seen}");
    }

    private static string YesNo(AccessDecision decision, string category) => decision.Permitted.Contains(LawKey.Category(category)!.Value) ? "yes" : "";

    private static DateOnly DayOf(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static ProviderKind KindOf(string key) => LawKey.Kind(key)!.Value;

    private static ConsentState StateOf(string key) => States.Single(state => LawKey.Of(state) == key);

    private static Profession ProfessionOf(string key) => ProfessionName.Find(key)!.Profession;

    private static string PurposeKey(PurposeOfUse? purpose) => purpose is { } stated ? PurposeCode.Of(stated) : "none stated";

    private static PurposeOfUse? PurposeOf(string key) => key == "none stated" ? null : PurposeCode.Find(key);
}
