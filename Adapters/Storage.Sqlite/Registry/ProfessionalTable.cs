using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Routing.Contracts.Registry;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Registry;

/// <summary>Writes professionals and their affiliations.</summary>
internal sealed class ProfessionalTable(sqlite3 connection)
{
    private readonly Statement saveProfessional = new(connection, """
        INSERT OR REPLACE INTO professional (id, name, name_chinese, profession, registration_number, active) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        """);
    private readonly Statement saveAffiliation = new(connection, """
        INSERT OR REPLACE INTO affiliation (professional_id, provider_id, begins_at, ends_at) VALUES (?1, ?2, ?3, ?4)
        """);

    public void Save(Professional row) =>
        saveProfessional.Bind(1, row.Id).Bind(2, row.Name).Bind(3, row.NameChinese).Bind(4, (int)row.Profession).Bind(5, row.RegistrationNumber)
            .Bind(6, row.Active ? 1 : 0).Run();

    public void Save(Affiliation row) =>
        saveAffiliation.Bind(1, row.ProfessionalId).Bind(2, row.ProviderId).Bind(3, Time.Of(row.From)).Bind(4, Time.Of(row.Until)).Run();
}
