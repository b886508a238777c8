using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Contracts.Access;

/// <summary>A permit with the rule that gave it, or a refusal.</summary>
/// <param name="Rule">Name of the rule and its legal basis, for the audit.</param>
/// <param name="Permitted">What may be obtained; empty for a refusal.</param>
/// <param name="Explanation">Why, for people: the citizen, the clinician and the auditor read the same words.</param>
public sealed record AccessDecision(Rejection? Refusal, string Rule, IReadOnlySet<SharingCategory> Permitted, Wording? Explanation = null)
{
    public bool Granted => Refusal is null;

    /// <summary>The rule, behind the refusal where it is one: what the audit says of it.</summary>
    public string Reason => Refusal is { } refusal ? $"{(int)refusal.Code} {refusal.Code}: {refusal.Detail} {refusal.DetailChinese} ({Rule})" : Rule;

    /// <summary>
    /// The refusal as the reader may know it: never consented, left eHealth, and never existed must read alike. A consent that ended was known
    /// to the provider it was given to.
    /// </summary>
    public Rejection? ToldRefusal => Refusal?.Code is
        RejectionCode.JoiningConsentMissing or RejectionCode.JoiningConsentWithdrawn or RejectionCode.SharingConsentMissing or RejectionCode.PersonUnknown
            ? new(
                RejectionCode.SharingConsentMissing, "No consent of such a person that lets this provider obtain data is in force", null,
                "此人沒有讓此醫護機構取覽資料的有效同意")
            : Refusal;

    /// <summary>The purpose that was decided on; null where none plays a part, as on a deposit.</summary>
    public PurposeOfUse? Purpose { get; init; }

    /// <summary>What ties the citizen to the reader's provider; null where nothing was found, or nothing was looked for.</summary>
    public CareRelation? CareRelation { get; init; }

    /// <summary>
    /// True where a clinician has consent and role, but no care relation was found: permitted for some, refused for others by the tables of
    /// the law. The watching rules look at it.
    /// </summary>
    public bool WithoutCareRelation { get; init; }

    /// <summary>Where a substitute decision maker reads: the id of that authority (id of the FHIR RelatedPerson). The audit says on whose behalf.</summary>
    public string? OnBehalfBy { get; init; }
}
