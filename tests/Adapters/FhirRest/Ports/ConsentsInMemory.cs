using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Adapters.FhirRest.Ports;

public sealed class ConsentsInMemory(AuditInMemory audit) : IConsentStore
{
    public List<Consent> All { get; } = [];

    public async Task AddAsync(Consent consent, AuditEntry entry, CancellationToken cancellationToken)
    {
        await audit.RecordAsync(entry, cancellationToken);
        All.Add(consent);
    }

    public async Task<Consent?> RevokeAsync(string consentId, DateTimeOffset at, AuditEntry entry, CancellationToken cancellationToken)
    {
        var place = All.FindIndex(consent => consent.Id == consentId);
        if (place < 0) return null;
        await audit.RecordAsync(entry, cancellationToken);
        return All[place] = All[place] with { RevokedAt = at };
    }

    public Task<Consent?> GetAsync(string consentId, CancellationToken cancellationToken) =>
        Task.FromResult(All.Find(consent => consent.Id == consentId));

    public Task<IReadOnlyList<Consent>> ForPersonAsync(string personId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Consent>>([.. All.Where(consent => consent.PersonId == personId).OrderByDescending(consent => consent.GivenAt)]);
}
