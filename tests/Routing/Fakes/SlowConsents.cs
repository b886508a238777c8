using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Consents;

namespace EHealthPlus.Tests.Routing.Fakes;

/// <summary>A consent store that does not answer reads until the caller gives up.</summary>
internal sealed class SlowConsents(IConsentStore consents) : IConsentStore
{
    private readonly TaskCompletionSource asked = new();

    public Task Asked => asked.Task;

    public Task AddAsync(Consent consent, AuditEntry audit, CancellationToken cancellationToken) => consents.AddAsync(consent, audit, cancellationToken);

    public Task<Consent?> RevokeAsync(string consentId, DateTimeOffset at, AuditEntry audit, CancellationToken cancellationToken) =>
        consents.RevokeAsync(consentId, at, audit, cancellationToken);

    public Task<Consent?> GetAsync(string consentId, CancellationToken cancellationToken) => consents.GetAsync(consentId, cancellationToken);

    public async Task<IReadOnlyList<Consent>> ForPersonAsync(string personId, CancellationToken cancellationToken)
    {
        asked.TrySetResult();
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return [];
    }
}
