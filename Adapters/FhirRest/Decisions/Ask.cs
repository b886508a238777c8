using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Adapters.FhirRest.Decisions;

/// <summary>Which rule decides on a kind of data.</summary>
internal enum DataScope
{
    /// <summary>No patient data: Practitioner, Organization, Location.</summary>
    Directory = 1,

    /// <summary>The citizen's record: the access policy decides.</summary>
    Record = 2,

    /// <summary>The Patient composed from the index: the registrar who enrols may see it too.</summary>
    IndexPatient = 3,

    /// <summary>The citizen's consents: the registrar who records them and the citizen who gave them may always see them.</summary>
    Consents = 4,
}

/// <summary>What is asked for, as it will stand in the audit trail.</summary>
/// <param name="Action">One of the actions of AuditEntry.</param>
/// <param name="Target">Type and id, or type and names of parameters; never a value of a parameter.</param>
/// <param name="PersonId">Whose data; null for <see cref="DataScope.Directory"/>, and where no such person is known.</param>
/// <param name="Categories">At least one of these must be permitted; null where the answer is filtered instead.</param>
internal sealed record Ask(
    AccessPrincipal Principal, DataScope Scope, string Action, string Target, string? PersonId, IReadOnlyCollection<SharingCategory>? Categories = null);

/// <summary>A permit that is in the audit trail.</summary>
/// <param name="Person">Null for <see cref="DataScope.Directory"/>.</param>
/// <param name="Permitted">The categories that may leave; null for <see cref="DataScope.Directory"/>.</param>
/// <param name="Consents">The consents that the decision saw, those to other providers left out for a clinician.</param>
/// <param name="SeesAllConsents">False where some were left out.</param>
internal sealed record Grant(Person? Person, IReadOnlySet<SharingCategory>? Permitted, IReadOnlyList<Consent> Consents, bool SeesAllConsents = false)
{
    public bool Covers(SharingCategory category) => Permitted is null || Permitted.Contains(category);

    /// <summary>The store was told what is permitted. Should it ever answer more, nothing leaves.</summary>
    /// <exception cref="InvalidOperationException">The page holds a resource of another person or category.</exception>
    public void EnsureCovers(RecordPage page)
    {
        if (Person is not null && page.Resources.Any(resource => resource.PersonId != Person.Id || !Covers(resource.Category)))
        {
            throw new InvalidOperationException("The record answered outside the decision");
        }
    }
}
