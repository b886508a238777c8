using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Routing.Contracts.Registry;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Registry;

/// <summary>Writes and reads providers, service locations and sources.</summary>
internal sealed class RegistryTable(sqlite3 connection)
{
    private readonly Statement saveProvider = new(connection, "INSERT OR REPLACE INTO provider (id, name, name_chinese, kind, active) VALUES (?1, ?2, ?3, ?4, ?5)");
    private readonly Statement saveLocation = new(connection, """
        INSERT OR REPLACE INTO service_location (id, provider_id, name, name_chinese, active) VALUES (?1, ?2, ?3, ?4, ?5)
        """);
    private readonly Statement saveSource = new(connection, """
        INSERT OR REPLACE INTO source (id, provider_id, service_location_id, sending_application, sending_facility, default_character_set, utc_offset,
          certificate_thumbprint, may_enrol, active)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
        """);

    public void Save(Provider provider) =>
        saveProvider.Bind(1, provider.Id).Bind(2, provider.Name).Bind(3, provider.NameChinese).Bind(4, (int)provider.Kind).Bind(5, Flag(provider.Active)).Run();

    public void Save(ServiceLocation location) =>
        saveLocation.Bind(1, location.Id).Bind(2, location.ProviderId).Bind(3, location.Name).Bind(4, location.NameChinese).Bind(5, Flag(location.Active)).Run();

    public void Save(Source source) =>
        saveSource.Bind(1, source.Id).Bind(2, source.ProviderId).Bind(3, source.ServiceLocationId).Bind(4, source.SendingApplication)
            .Bind(5, source.SendingFacility).Bind(6, source.DefaultCharacterSet).Bind(7, source.UtcOffset).Bind(8, source.CertificateThumbprint)
            .Bind(9, Flag(source.MayEnrol)).Bind(10, Flag(source.Active)).Run();

    public static RegistryEntries Load(sqlite3 connection)
    {
        using var provider = new Statement(connection, "SELECT id, name, name_chinese, kind, active FROM provider ORDER BY id");
        using var location = new Statement(connection, "SELECT id, provider_id, name, name_chinese, active FROM service_location ORDER BY id");
        using var source = new Statement(connection, """
            SELECT id, provider_id, service_location_id, sending_application, sending_facility, default_character_set, utc_offset,
              certificate_thumbprint, may_enrol, active
            FROM source ORDER BY id
            """);
        var (providers, locations, sources) = (new List<Provider>(), new List<ServiceLocation>(), new List<Source>());
        while (provider.Step())
            providers.Add(new(provider.Text(0), provider.Text(1), provider.Text(2), (ProviderKind)provider.Int32(3), provider.Int64(4) == 1));
        while (location.Step())
            locations.Add(new(location.Text(0), location.Text(1), location.Text(2), location.Text(3), location.Int64(4) == 1));
        while (source.Step())
            sources.Add(new(
                source.Text(0), source.Text(1), source.Text(2), source.Text(3), source.Text(4), source.Text(5), source.TextOrNull(6),
                source.TextOrNull(7), source.Int64(8) == 1, source.Int64(9) == 1));
        return new(providers, locations, sources);
    }

    private static long Flag(bool value) => value ? 1 : 0;
}
