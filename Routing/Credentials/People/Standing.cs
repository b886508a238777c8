using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Credentials.People;

/// <summary>Does a professional work for a provider at this moment? Asked at sign-in, and again at every request.</summary>
public sealed class Standing(IProfessionals professionals, TimeProvider time)
{
    /// <returns>The professional; rejections AffiliationMissing, AffiliationEnded, ProfessionalNotRegistered.</returns>
    public Result<Professional> At(string providerId, string professionalId)
    {
        if (professionals.Get(professionalId) is not { Active: true } professional)
        {
            return new Rejection(RejectionCode.ProfessionalNotRegistered, $"The registration of {professionalId} is not in force");
        }

        var now = time.GetUtcNow();
        var here = professionals.AffiliationsOf(professionalId).Where(affiliation => affiliation.ProviderId == providerId).ToList();
        if (here.Any(affiliation => affiliation.InForceAt(now))) return professional;
        return here.Any(affiliation => affiliation.Until <= now)
            ? new Rejection(RejectionCode.AffiliationEnded, $"The affiliation of {professionalId} with {providerId} has ended")
            : new Rejection(RejectionCode.AffiliationMissing, $"{professionalId} is not affiliated with {providerId}");
    }

    /// <summary>The provider that somebody is going to work for.</summary>
    /// <param name="asked">Null where the only one they are affiliated with is meant.</param>
    /// <returns>Its id; rejections AffiliationMissing, AffiliationEnded, ProfessionalNotRegistered.</returns>
    public Result<string> Choose(string professionalId, string? asked)
    {
        var all = professionals.AffiliationsOf(professionalId);
        var now = time.GetUtcNow();
        var current = all.Where(affiliation => affiliation.InForceAt(now)).Select(affiliation => affiliation.ProviderId).Distinct(StringComparer.Ordinal).ToList();
        if (string.IsNullOrEmpty(asked) && current.Count > 1)
        {
            return new Rejection(RejectionCode.AffiliationMissing, $"Say for which provider: {string.Join(", ", current)}", null, $"請填寫所屬醫護機構：{string.Join("、", current)}");
        }

        var chosen = string.IsNullOrEmpty(asked) ? current.FirstOrDefault() ?? (all.Count > 0 ? all[^1].ProviderId : null) : asked;
        if (chosen is null) return new Rejection(RejectionCode.AffiliationMissing, $"{professionalId} is affiliated with no provider");
        var standing = At(chosen, professionalId);
        return standing.Accepted ? chosen : standing.Rejection;
    }
}
