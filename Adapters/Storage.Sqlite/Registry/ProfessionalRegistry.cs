using System.Collections.Concurrent;
using EHealthPlus.Adapters.Storage.Sqlite.Credentials;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Routing.Contracts.Registry;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Registry;

/// <inheritdoc/>
internal sealed class ProfessionalRegistry(SqliteStore store) : IProfessionals
{
    private readonly KeptRows<string, Professional> professionals = new(row => row.Id);
    private readonly KeptRows<(string Professional, string Provider, long From), Affiliation> affiliations = new(KeyOf);
    private readonly ConcurrentDictionary<string, IReadOnlyList<Affiliation>> byProfessional = new(StringComparer.Ordinal);

    public IReadOnlyList<Professional> All => [.. professionals.All.OrderBy(row => row.Id, StringComparer.Ordinal)];

    public Professional? Get(string id) => professionals.Find(id);

    public IReadOnlyList<Affiliation> AffiliationsOf(string professionalId) => byProfessional.GetValueOrDefault(professionalId, []);

    /// <exception cref="IOException">The store could not write it.</exception>
    public Task SaveAsync(Professional professional, CancellationToken cancellationToken) =>
        professionals.ChangeAsync(store, professional.Id, _ => professional, (session, row) => session.Professionals.Save(row), cancellationToken);

    /// <exception cref="IOException">The store could not write it.</exception>
    public Task SaveAsync(Affiliation affiliation, CancellationToken cancellationToken)
    {
        // As the store keeps it: what is looked up before and after a restart is the same.
        var kept = affiliation with { From = Time.At(Time.Of(affiliation.From)), Until = Time.At(Time.Of(affiliation.Until)) };
        return affiliations.ChangeAsync(store, KeyOf(kept), _ => kept, (session, row) => session.Professionals.Save(row), cancellationToken, ShowToProfessional);
    }

    public void Load(sqlite3 connection)
    {
        professionals.Load(KeptRows<string, Professional>.Read(
            connection, "SELECT id, name, name_chinese, profession, registration_number, active FROM professional",
            row => new(row.Text(0), row.Text(1), row.Text(2), (Profession)row.Int32(3), row.Text(4), row.Int64(5) == 1)));
        affiliations.Load(KeptRows<string, Affiliation>.Read(
            connection, "SELECT professional_id, provider_id, begins_at, ends_at FROM affiliation",
            row => new(row.Text(0), row.Text(1), Time.At(row.Int64(2)), Time.At(row.Int64OrNull(3)))));
        foreach (var row in affiliations.All) ShowToProfessional(row);
    }

    private void ShowToProfessional(Affiliation changed) => byProfessional[changed.ProfessionalId] =
        [.. affiliations.All.Where(row => row.ProfessionalId == changed.ProfessionalId).OrderBy(row => row.From)];

    private static (string Professional, string Provider, long From) KeyOf(Affiliation row) => (row.ProfessionalId, row.ProviderId, Time.Of(row.From));
}
