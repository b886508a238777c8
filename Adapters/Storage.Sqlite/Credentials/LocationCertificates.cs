using System.Collections.Concurrent;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Routing.Contracts.Credentials;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Credentials;

/// <inheritdoc/>
internal sealed class LocationCertificates(SqliteStore store) : ILocationCertificates
{
    private readonly KeptRows<string, LocationCertificate> rows = new(row => row.Thumbprint);
    private readonly ConcurrentDictionary<string, IReadOnlyList<LocationCertificate>> byLocation = new(StringComparer.Ordinal);

    public IReadOnlyList<LocationCertificate> All => [.. rows.All.OrderByDescending(row => row.IssuedAt)];

    public LocationCertificate? Find(string thumbprint) => rows.Find(thumbprint) ?? rows.Find(thumbprint.ToUpperInvariant());

    public IReadOnlyList<LocationCertificate> OfLocation(string serviceLocationId) => byLocation.GetValueOrDefault(serviceLocationId, []);

    /// <exception cref="IOException">The store could not write it.</exception>
    public Task SaveAsync(LocationCertificate certificate, CancellationToken cancellationToken) => rows.ChangeAsync(
        store, certificate.Thumbprint, _ => certificate, (session, row) => session.Credentials.Save(row), cancellationToken, ShowToLocation);

    public void Load(sqlite3 connection)
    {
        rows.Load(KeptRows<string, LocationCertificate>.Read(
            connection,
            "SELECT thumbprint, serial_number, service_location_id, not_before, not_after, issued_at, revoked_at, revocation_reason FROM location_certificate",
            row => new(
                row.Text(0), row.Text(1), row.Text(2), Time.At(row.Int64(3)), Time.At(row.Int64(4)), Time.At(row.Int64(5)), Time.At(row.Int64OrNull(6)), row.TextOrNull(7))));
        foreach (var row in rows.All) ShowToLocation(row);
    }

    private void ShowToLocation(LocationCertificate changed) => byLocation[changed.ServiceLocationId] =
        [.. rows.All.Where(row => row.ServiceLocationId == changed.ServiceLocationId).OrderByDescending(row => row.IssuedAt)];
}
