using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Identity;

namespace EHealthPlus.Tests.Adapters.DicomWeb;

/// <summary>An index with one synthetic citizen, for the pages that look one up.</summary>
internal sealed class OnePerson : IPersonStore
{
    public const string Number = "A1234563";

    public long Generation => 0;

    private static readonly Person Citizen = new("p1", Number, "TESTPATIENT", "CHEST", "測試病人", AdministrativeSex.Female, new(1970, 1, 1), DateTimeOffset.UnixEpoch);

    public Task<Person?> FindByDocumentAsync(string documentNumber, CancellationToken cancellationToken) => Task.FromResult(documentNumber == Number ? Citizen : null);

    public Task<Person?> GetAsync(string id, CancellationToken cancellationToken) => Task.FromResult(id == Citizen.Id ? Citizen : null);

    Task<Person?> IPersonStore.FindByAliasAsync(PatientAlias alias, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task<IReadOnlyList<Person>> IPersonStore.FindByBlocksAsync(IReadOnlyList<long> blocks, int most, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task<bool> IPersonStore.AddAsync(Person person, IReadOnlyList<long> blocks, Consent joining, AuditEntry audit, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task IPersonStore.AmendAsync(Person person, IReadOnlyList<long> before, IReadOnlyList<long> blocks, IndexAct act, AuditEntry audit, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task<bool> IPersonStore.LinkAsync(IReadOnlyList<NumberLink> links, IndexAct act, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task<int> IPersonStore.BlockSchemeAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    Task IPersonStore.BlockAgainAsync(int scheme, Func<Person, IReadOnlyList<long>> blocksOf, CancellationToken cancellationToken) => throw new NotSupportedException();

    Task<long> IPersonStore.CountAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
}
