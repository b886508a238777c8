using System.Collections.Frozen;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Policy.Decisions;
using EHealthPlus.Routing.Policy.Law;

namespace EHealthPlus.Routing.Policy;

/// <summary>
/// Decides by the tables in the folder Law and the consents. What no row permits is refused. Whatever does not depend on the citizen is asked
/// first, so that these refusals tell nothing of the citizen.
/// </summary>
public sealed class AccessPolicy : IAccessPolicy
{
    private const string OwnRecord = "C1 A citizen reads the own record 市民取覽本人紀錄 (Cap. 486 Schedule 1, principle 6; Cap. 625 第486章附表1保障資料第6原則；第625章)";
    private const string OnBehalf = "C2 A substitute decision maker reads on behalf of the citizen 代決人代表市民取覽 (Cap. 625 第625章)";
    private const string DenyByDefault = "Denied by default: no rule permits it 預設拒絕：沒有規則准許";

    private static readonly FrozenSet<SharingCategory> Nothing = FrozenSet<SharingCategory>.Empty;

    private readonly LawByDay law = new(Tables);

    internal static LawTables Tables { get; } = new();

    public AccessDecision MayProvide(Provider provider, Person person, IReadOnlyList<Consent> consents, DateTimeOffset at)
    {
        var today = law.On(HongKongDay.Of(at));
        if (!provider.Active) return Refuse(Refusals.ProviderSuspended);
        if (today.RightOf(Right.Provide, provider.Kind) is not { } rule) return Refuse(NoRight(provider.Kind, provides: true, at));
        var (sharing, refusal) = Consents(rule, provider, person, consents, at);
        return refusal is null
            ? new(null, rule.Name, today.SharedCategories, Permits.Provide(rule, sharing))
            : Refuse(refusal, rule.Name);
    }

    public AccessDecision MayObtain(ObtainRequest request) => request.Principal.Role switch
    {
        Role.Citizen => MayReadOwn(request),
        Role.Clinician => MayObtainFor(request),
        _ => Refuse(Refusals.Role(request.Principal.Role)),
    };

    public IReadOnlyList<DerivedRight> DerivedRights(DateTimeOffset at)
    {
        var day = HongKongDay.Of(at);
        return [.. Tables.Rights.Where(rule => !rule.NeedsSharing && rule.Right == Right.Obtain && rule.Validity.Holds(day))
            .SelectMany(rule => rule.Kinds.Select(kind => new DerivedRight(kind, rule.Id, rule.Title, rule.Basis))).OrderBy(right => right.Kind)];
    }

    private AccessDecision MayReadOwn(ObtainRequest request)
    {
        var (principal, _, person, _, at) = request;
        if (principal.DocumentNumber is not { Length: > 0 } own) return Refuse(Refusals.NotOwn);
        var today = law.On(HongKongDay.Of(at));
        if (string.Equals(own, person.DocumentNumber, StringComparison.OrdinalIgnoreCase))
        {
            return today.PurposeOf(Reader.Citizen, principal.Purpose) is { } wish
                ? new(null, OwnRecord, today.CitizenSees, Permits.Own) { Purpose = wish.Purpose }
                : Refuse(Refusals.Purpose(principal.Purpose)) with { Purpose = principal.Purpose };
        }

        if (Authority(request, own) is not { } maker) return Refuse(Refusals.NotOwn);
        if (!maker.ActsAt(at)) return Refuse(Ended(maker, at), OnBehalf) with { OnBehalfBy = maker.Id };
        return today.PurposeOf(Reader.SubstituteDecisionMaker, principal.Purpose) is { } purpose
            ? new(null, OnBehalf, today.CitizenSees, Permits.OnBehalf) { Purpose = purpose.Purpose, OnBehalfBy = maker.Id }
            : Refuse(Refusals.Purpose(principal.Purpose), OnBehalf) with { Purpose = principal.Purpose, OnBehalfBy = maker.Id };
    }

    private AccessDecision MayObtainFor(ObtainRequest request)
    {
        var (principal, provider, person, consents, at) = request;
        if (provider is null || provider.Id != principal.ProviderId) return Refuse(Refusals.NoProvider);
        if (!provider.Active) return Refuse(Refusals.ProviderSuspended);
        if (principal.ServiceLocationId is not null && !(request.Place is { Active: true } place && place.Id == principal.ServiceLocationId && place.ProviderId == provider.Id))
        {
            return Refuse(Refusals.PlaceSuspended);
        }

        var today = law.On(HongKongDay.Of(at));
        if (today.RightOf(Right.Obtain, provider.Kind) is not { } rule) return Refuse(NoRight(provider.Kind, provides: false, at));
        if (principal.Profession is not { } profession) return Refuse(Refusals.NoProfession);
        if (today.ProfessionOf(profession) is not { } need) return Refuse(Refusals.Profession(profession, at));
        if (today.PurposeOf(Reader.Clinician, principal.Purpose) is not { } purpose) return Refuse(Refusals.Purpose(principal.Purpose)) with { Purpose = principal.Purpose };

        var (sharing, refusal) = Consents(rule, provider, person, consents, at);
        if (refusal is not null) return Refuse(refusal, rule.Name) with { Purpose = purpose.Purpose };
        var missing = request.CareRelation is null;
        if (missing && (need.Relation == RelationDemand.Required || purpose.RelationRequired || principal.Unattended))
        {
            return Refuse(Refusals.NoRelation, rule.Name) with { Purpose = purpose.Purpose, WithoutCareRelation = true };
        }

        return new(null, rule.Name, need.Categories, Permits.Obtain(rule, sharing, profession, purpose, request.CareRelation))
        {
            Purpose = purpose.Purpose, CareRelation = request.CareRelation, WithoutCareRelation = missing,
        };
    }

    private static (Consent? Sharing, Rejection? Refusal) Consents(
        RightRule rule, Provider provider, Person person, IReadOnlyList<Consent> consents, DateTimeOffset at)
    {
        if (ConsentStanding.Joining(person.Id, consents, at).Refusal is { } notJoined) return (null, notJoined);
        if (!rule.NeedsSharing) return (null, null);
        var sharing = ConsentStanding.Sharing(person.Id, provider.Id, consents, at);
        return (sharing.Consent, sharing.Refusal);
    }

    /// <summary>The authority of whoever has this document to act for the person: one that holds, or else the one that ended last.</summary>
    private static SubstituteDecisionMaker? Authority(ObtainRequest request, string documentNumber)
    {
        SubstituteDecisionMaker? best = null;
        foreach (var maker in request.SubstituteDecisionMakers)
        {
            if (maker.PersonId != request.Person.Id || maker.From > request.At || !string.Equals(maker.DocumentNumber, documentNumber, StringComparison.OrdinalIgnoreCase)) continue;
            if (maker.ActsAt(request.At)) return maker;
            if (best is null || EndOf(maker) > EndOf(best)) best = maker;
        }

        return best;
    }

    private static Rejection Ended(SubstituteDecisionMaker maker, DateTimeOffset at) => Refusals.AuthorityEnded(maker, EndOf(maker) ?? at);

    private static DateTimeOffset? EndOf(SubstituteDecisionMaker maker) =>
        maker is { Until: { } until, EndedAt: { } ended } ? until < ended ? until : ended : maker.Until ?? maker.EndedAt;

    private static Rejection NoRight(ProviderKind kind, bool provides, DateTimeOffset at) =>
        kind is ProviderKind.GreaterBayAreaInstitution or ProviderKind.RecognisedOutsideHongKong ? Refusals.Outside(kind) : Refusals.NoRule(provides, at);

    private static AccessDecision Refuse(Rejection refusal, string rule = DenyByDefault) =>
        new(refusal, rule, Nothing, new($"Refused: {refusal.Detail}", $"拒絕：{refusal.DetailChinese}"));
}
