using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Adapters.FhirRest.Ports;

public sealed class PersonsInMemory(ConsentsInMemory consents) : IPersonStore
{
    public List<Person> All { get; } = [];

    public Task<Person?> GetAsync(string id, CancellationToken cancellationToken) => Task.FromResult(All.Find(person => person.Id == id));

    public Task<Person?> FindByDocumentAsync(string documentNumber, CancellationToken cancellationToken) =>
        Task.FromResult(All.Find(person => person.DocumentNumber == documentNumber));

    public Task<Person?> FindByAliasAsync(PatientAlias alias, CancellationToken cancellationToken) => Task.FromResult<Person?>(null);

    public async Task<bool> AddAsync(Person person, Consent joining, AuditEntry audit, CancellationToken cancellationToken)
    {
        if (All.Exists(other => other.DocumentNumber == person.DocumentNumber)) return false;
        await consents.AddAsync(joining, audit, cancellationToken);
        All.Add(person);
        return true;
    }

    public Task LinkAsync(string personId, IReadOnlyList<PatientAlias> aliases, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<long> CountAsync(CancellationToken cancellationToken) => Task.FromResult((long)All.Count);
}
