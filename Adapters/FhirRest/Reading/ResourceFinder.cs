using System.Globalization;
using EHealthPlus.Adapters.FhirRest.Conformance;
using EHealthPlus.Adapters.FhirRest.Decisions;
using EHealthPlus.Adapters.FhirRest.Exchange;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Registry;

namespace EHealthPlus.Adapters.FhirRest.Reading;

/// <summary>Finds a resource by its id: in the record, or where it is composed from, which is the index, the consents and the registry.</summary>
internal sealed class ResourceFinder(
    IRecordReader record, IPersonStore persons, IConsentStore consents, ISubstituteDecisionMakerStore substitutes, IAccessPolicy policy, IRegistry registry,
    IProfessionals professionals, TimeProvider clock)
{
    private const int ConsentIdLength = 32;

    /// <summary>More sources than one citizen is ever known to.</summary>
    private const int MostSourcePatients = 200;

    /// <returns>Null where there is no such resource or no such version.</returns>
    public async Task<FoundResource?> FindAsync(ResourceType type, string id, VersionsAsked asked, CancellationToken cancellationToken)
    {
        if (!FhirRequest.IsId(id)) return null;
        if (type.Name == "Consent") return await FindConsentAsync(id, asked, cancellationToken);
        if (type.Name == "Patient" && await persons.GetAsync(id, cancellationToken) is { } person) return FindIndexPatient(person, asked);
        var found = await FindInRecordAsync(type, id, asked, cancellationToken);
        if (found is null && type.Name == "RelatedPerson" && await substitutes.GetAsync(id, cancellationToken) is { } maker) found = FindSubstitute(maker, asked);
        if (found is null && type.Name == "Organization" && registry.GetProvider(id) is { } provider) found = FindProvider(provider, asked);
        if (found is null && (type.Name is "Practitioner" or "PractitionerRole") && FindProfessional(type.Name, id) is { } registered) found = OfDirectory(registered, asked);
        return found;
    }

    /// <summary>The citizen whom a Patient id stands for: an id of the index, or of a source's Patient.</summary>
    /// <returns>Null where no such Patient is there.</returns>
    public async Task<string?> PersonOfPatientAsync(string patientId, CancellationToken cancellationToken)
    {
        if (await persons.GetAsync(patientId, cancellationToken) is { } person) return person.MergedInto ?? person.Id;
        return (await record.ReadAsync("Patient", patientId, null, cancellationToken))?.PersonId;
    }

    /// <summary>The consents that the law derives from those of the grant; none for a clinician, who sees the own provider's only.</summary>
    public IReadOnlyList<(string Id, IReadOnlyList<ServedResource> Versions)> DerivedOf(Grant grant)
    {
        if (!grant.SeesAllConsents) return [];
        var at = clock.GetUtcNow();
        return [.. DerivedConsent.Of(grant.Consents, policy.DerivedRights(at), at)];
    }

    /// <summary>The current versions of the substitute decision makers, for who sees all consents.</summary>
    public async Task<IReadOnlyList<ServedResource>> SubstitutesOfAsync(Grant grant, CancellationToken cancellationToken)
    {
        if (!grant.SeesAllConsents || grant.Person is null) return [];
        var at = clock.GetUtcNow();
        return [.. (await substitutes.ForPersonAsync(grant.Person.Id, cancellationToken)).Select(maker => SubstituteDecisionMakerResource.Versions(maker, at)[0])];
    }

    public async Task<ServedResource> ComposeIndexPatientAsync(Person person, Grant grant, CancellationToken cancellationToken)
    {
        if (!grant.Covers(SharingCategory.PersonalParticulars)) return IndexPatient.Compose(person, []);
        var query = new RecordQuery(
            "Patient", person.Id, [], [], [], [], [], [], new HashSet<SharingCategory> { SharingCategory.PersonalParticulars }, MostSourcePatients, null);
        return IndexPatient.Compose(person, (await record.SearchAsync(query, cancellationToken)).Resources);
    }

    private FoundResource FindIndexPatient(Person person, VersionsAsked asked) =>
        new(DataScope.IndexPatient, person.Id, [SharingCategory.PersonalParticulars], async (grant, cancellationToken) =>
            OfVersion(asked, [await ComposeIndexPatientAsync(person, grant, cancellationToken)]));

    private async Task<FoundResource?> FindConsentAsync(string id, VersionsAsked asked, CancellationToken cancellationToken)
    {
        if (id.Length > ConsentIdLength && await consents.GetAsync(id[..ConsentIdLength], cancellationToken) is { } joining) return FindDerived(id, joining, asked);
        if (await consents.GetAsync(id, cancellationToken) is not { } consent) return null;

        // What the grant shows was read for the decision, and leaves out what others were given.
        return new(DataScope.Consents, consent.PersonId, null, (grant, _) => Task.FromResult<IReadOnlyList<ServedResource>>(
            [.. grant.Consents.Where(visible => visible.Id == id).SelectMany(visible => OfVersion(asked, ConsentResource.Versions(visible, clock.GetUtcNow())))]));
    }

    private FoundResource FindDerived(string id, Consent joining, VersionsAsked asked) =>
        new(DataScope.Consents, joining.PersonId, null, (grant, _) => Task.FromResult<IReadOnlyList<ServedResource>>(
            [.. DerivedOf(grant).Where(derived => derived.Id == id).SelectMany(derived => OfVersion(asked, derived.Versions))]));

    private FoundResource FindSubstitute(SubstituteDecisionMaker maker, VersionsAsked asked) =>
        new(DataScope.Consents, maker.PersonId, null, (grant, _) => Task.FromResult(
            grant.SeesAllConsents ? OfVersion(asked, SubstituteDecisionMakerResource.Versions(maker, clock.GetUtcNow())) : []));

    private async Task<FoundResource?> FindInRecordAsync(ResourceType type, string id, VersionsAsked asked, CancellationToken cancellationToken)
    {
        var versions = await VersionsInRecordAsync(type, id, asked, cancellationToken);
        if (versions.Count == 0) return null;

        // Patient data that belongs to nobody is a fault of the record: it is shown to nobody. What belongs to somebody is his, whatever its type.
        var personId = versions[0].PersonId;
        if (type.PatientData && personId is null) return null;
        var owned = personId is not null;
        return new(
            owned ? DataScope.Record : DataScope.Directory, personId,
            owned ? [.. versions.Select(version => version.Category)] : null,
            (grant, _) => Task.FromResult<IReadOnlyList<ServedResource>>(
                [.. versions.Where(version => version.PersonId == personId && (!owned || grant.Covers(version.Category)))
                .Select(version => ServedResource.From(JoinedLinks.Into(version, grant)))]));
    }

    private async Task<IReadOnlyList<StoredResource>> VersionsInRecordAsync(ResourceType type, string id, VersionsAsked asked, CancellationToken cancellationToken)
    {
        if (asked.All) return await record.HistoryAsync(type.Name, id, cancellationToken);
        int? version = null;
        if (asked.Id is not null)
        {
            if (!int.TryParse(asked.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1) return [];
            version = number;
        }

        return await record.ReadAsync(type.Name, id, version, cancellationToken) is { } stored ? [stored] : [];
    }

    private static FoundResource FindProvider(Provider provider, VersionsAsked asked) =>
        OfDirectory(RegisteredOrganization.Compose(provider), asked);

    private ServedResource? FindProfessional(string type, string id)
    {
        if (type == "Practitioner") return professionals.Get(id) is { } professional ? RegisteredPractitioner.Compose(professional) : null;
        return professionals.All.SelectMany(each => professionals.AffiliationsOf(each.Id).Where(affiliation => RegisteredPractitioner.RoleId(affiliation) == id)
            .Select(affiliation => RegisteredPractitioner.Compose(each, affiliation, clock.GetUtcNow()))).FirstOrDefault();
    }

    private static FoundResource OfDirectory(ServedResource registered, VersionsAsked asked) =>
        new(DataScope.Directory, null, null, (_, _) => Task.FromResult(OfVersion(asked, [registered])));

    private static IReadOnlyList<ServedResource> OfVersion(VersionsAsked asked, IReadOnlyList<ServedResource> versions) => asked switch
    {
        { All: true } => versions,
        { Id: { } id } => [.. versions.Where(version => version.VersionId == id)],
        _ => [versions[0]],
    };
}
