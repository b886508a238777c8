using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Policy.Decisions;

/// <summary>The consent that stands, or why none does, in words with days.</summary>
internal readonly record struct ConsentStanding(Consent? Consent, Rejection? Refusal)
{
    public static ConsentStanding Joining(string personId, IReadOnlyList<Consent> consents, DateTimeOffset at)
    {
        var last = Last(consents, ConsentKind.Joining, personId, null, at);
        if (last is null) return new(null, Refusals.NeverJoined);
        if (last.InForceAt(at)) return new(last, null);
        return new(null, last.GivenAt > at ? Refusals.JoiningBegins(last.GivenAt) : Refusals.JoiningEnded(EndOf(last)));
    }

    public static ConsentStanding Sharing(string personId, string providerId, IReadOnlyList<Consent> consents, DateTimeOffset at)
    {
        var last = Last(consents, ConsentKind.Sharing, personId, providerId, at);
        if (last is null) return new(null, Refusals.NeverShared);
        if (last.InForceAt(at)) return new(last, null);
        if (last.GivenAt > at) return new(null, Refusals.SharingBegins(last.GivenAt));
        return new(null, last.RevokedAt <= at && !(last.ExpiresAt <= last.RevokedAt) ? Refusals.SharingRevoked(EndOf(last)) : Refusals.SharingEnded(EndOf(last)));
    }

    /// <summary>The one in force; else the one that ended last; else one that has not begun.</summary>
    private static Consent? Last(IReadOnlyList<Consent> consents, ConsentKind kind, string personId, string? providerId, DateTimeOffset at)
    {
        Consent? best = null;
        for (var place = 0; place < consents.Count; place++)
        {
            var consent = consents[place];
            if (consent.Kind != kind || consent.PersonId != personId || (kind == ConsentKind.Sharing && consent.ProviderId != providerId)) continue;
            if (consent.InForceAt(at)) return consent;
            if (best is null || Rank(consent, at) > Rank(best, at)) best = consent;
        }

        return best;
    }

    private static DateTimeOffset Rank(Consent consent, DateTimeOffset at) => consent.GivenAt > at ? DateTimeOffset.MinValue : EndOf(consent);

    private static DateTimeOffset EndOf(Consent consent) =>
        consent is { ExpiresAt: { } expiry, RevokedAt: { } revocation }
            ? expiry < revocation ? expiry : revocation
            : consent.ExpiresAt ?? consent.RevokedAt ?? DateTimeOffset.MaxValue;
}
