using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Policy;

/// <summary>Whether a consent stands, and if not, why, in words with days.</summary>
internal static class ConsentStanding
{
    /// <returns>Null where the joining consent is in force.</returns>
    public static Rejection? Joining(string personId, IReadOnlyList<Consent> consents, DateTimeOffset at)
    {
        var last = Last(consents, consent => consent.Kind == ConsentKind.Joining && consent.PersonId == personId, at);
        return last switch
        {
            null => new(RejectionCode.JoiningConsentMissing, "No joining consent was given: the citizen has to join eHealth first"),
            _ when last.InForceAt(at) => null,
            _ when last.GivenAt > at => new(RejectionCode.JoiningConsentMissing, $"The joining consent begins on {HongKongDay.Text(last.GivenAt)}"),
            _ => new(RejectionCode.JoiningConsentWithdrawn, $"The joining consent ended on {HongKongDay.Text(EndOf(last))}"),
        };
    }

    /// <returns>Null where a sharing consent to the provider is in force.</returns>
    public static Rejection? Sharing(string personId, string providerId, IReadOnlyList<Consent> consents, DateTimeOffset at)
    {
        var last = Last(
            consents, consent => consent.Kind == ConsentKind.Sharing && consent.PersonId == personId && consent.ProviderId == providerId, at);
        return last switch
        {
            null => new(RejectionCode.SharingConsentMissing, "No sharing consent to this provider was given"),
            _ when last.InForceAt(at) => null,
            _ when last.GivenAt > at => new(RejectionCode.SharingConsentMissing, $"The sharing consent to this provider begins on {HongKongDay.Text(last.GivenAt)}"),
            _ when last.RevokedAt <= at && !(last.ExpiresAt <= last.RevokedAt) =>
                new(RejectionCode.SharingConsentEnded, $"The sharing consent to this provider was revoked on {HongKongDay.Text(EndOf(last))}"),
            _ => new(RejectionCode.SharingConsentEnded, $"The sharing consent to this provider ended on {HongKongDay.Text(EndOf(last))}"),
        };
    }

    /// <summary>The one in force; else the one that ended last; else one that has not begun.</summary>
    private static Consent? Last(IReadOnlyList<Consent> consents, Func<Consent, bool> ofKind, DateTimeOffset at)
    {
        Consent? best = null;
        foreach (var consent in consents)
        {
            if (!ofKind(consent)) continue;
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
