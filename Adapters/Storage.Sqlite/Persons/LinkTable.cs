using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Record;
using EHealthPlus.Adapters.Storage.Sqlite.Writing;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Identity;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Persons;

/// <summary>Unlinks numbers, merges persons and undoes merges. Rare acts: they scan what the record holds of one person.</summary>
internal sealed class LinkTable(sqlite3 connection, Symbols symbols)
{
    private readonly Statement unlink = new(connection, "DELETE FROM patient_alias WHERE source = ?1 AND authority = ?2 AND value = ?3 AND person = ?4");
    private readonly Statement bar = new(connection, "INSERT INTO patient_alias_barred (source, authority, value, person) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING");
    private readonly Statement undecide = new(connection, "UPDATE identity_review SET state = 1, person = NULL WHERE source = ?1 AND person = ?2 AND state = 2");
    private readonly Statement written = new(connection, $"""
        SELECT DISTINCT r.deposit FROM resource r JOIN deposit d ON d.id = r.deposit WHERE r.person = ?1 AND d.source = ?2
        UNION SELECT DISTINCT v.deposit FROM resource r JOIN resource_version v ON v.resource = r.num JOIN deposit d ON d.id = v.deposit WHERE r.person = ?1 AND d.source = ?2 AND {ResourceTable.OfTheSamePerson}
        ORDER BY 1
        """);
    private readonly Statement withhold = new(connection, $"UPDATE resource SET person = -person WHERE person = ?1 AND (SELECT source FROM deposit WHERE id = resource.deposit) = ?2");
    private readonly Statement merged = new(connection, "SELECT merged_into FROM person WHERE num = ?1");
    private readonly Statement heirs = new(connection, "SELECT 1 FROM person WHERE merged_into = ?1");
    private readonly Statement setMerged = new(connection, "UPDATE person SET merged_into = ?2 WHERE num = ?1");
    private readonly Statement keepAliases = new(connection, "INSERT INTO merged_alias (person, source, authority, value) SELECT person, source, authority, value FROM patient_alias WHERE person = ?1");
    private readonly Statement moveAliases = new(connection, "UPDATE patient_alias SET person = ?2 WHERE person = ?1");
    private readonly Statement keepResources = new(connection, "INSERT INTO merged_resource (person, resource) SELECT person, num FROM resource WHERE person = ?1");
    private readonly Statement moveResources = new(connection, "UPDATE resource SET person = ?2 WHERE person = ?1");
    private readonly Statement returnAliases = new(connection, """
        UPDATE patient_alias SET person = ?1 WHERE person = ?2 AND EXISTS
          (SELECT 1 FROM merged_alias m WHERE m.person = ?1 AND m.source = patient_alias.source AND m.authority = patient_alias.authority AND m.value = patient_alias.value)
        """);
    private readonly Statement sourcesOf = new(connection, "SELECT DISTINCT source FROM patient_alias WHERE person = ?1");
    private readonly Statement returnResources = new(connection, "UPDATE resource SET person = ?1 WHERE person = ?2 AND num IN (SELECT resource FROM merged_resource WHERE person = ?1)");
    private readonly Statement forgetAliases = new(connection, "DELETE FROM merged_alias WHERE person = ?1");
    private readonly Statement forgetResources = new(connection, "DELETE FROM merged_resource WHERE person = ?1");

    /// <returns>True where the number was that person's.</returns>
    public bool Unlink(string personId, PatientAlias alias)
    {
        var (source, authority, person) = (symbols.Of(alias.SourceId), symbols.Of(alias.AssigningAuthority), symbols.Of(personId));
        bar.Bind(1, source).Bind(2, authority).Bind(3, alias.Value).Bind(4, person).Run();
        undecide.Bind(1, source).Bind(2, person).Run();
        return unlink.Bind(1, source).Bind(2, authority).Bind(3, alias.Value).Bind(4, person).Run() > 0;
    }

    /// <summary>Takes what a source sent about a person out of the record: it belongs to nobody until it is identified again.</summary>
    /// <returns>The deposits that wrote it, oldest first.</returns>
    public List<DepositId> Withhold(string personId, string sourceId) => Withhold(symbols.Of(personId), symbols.Of(sourceId));

    /// <returns>False where either is merged, or others are merged into the one that goes.</returns>
    public bool Merge(string survivorId, string mergedId)
    {
        var (survivor, gone) = (symbols.Of(survivorId), symbols.Of(mergedId));
        var hasHeirs = heirs.Bind(1, gone).Step();
        heirs.Reset();
        if (survivor == gone || hasHeirs || MergedInto(survivor) is not null || MergedInto(gone) is not null) return false;
        keepAliases.Bind(1, gone).Run();
        moveAliases.Bind(1, gone).Bind(2, survivor).Run();
        keepResources.Bind(1, gone).Run();
        moveResources.Bind(1, gone).Bind(2, survivor).Run();
        setMerged.Bind(1, gone).Bind(2, survivor).Run();
        return true;
    }

    /// <returns>The deposits to identify again; null where the person was not merged.</returns>
    public List<DepositId>? Split(string mergedId)
    {
        var person = symbols.Of(mergedId);
        if (MergedInto(person) is not { } survivor) return null;
        returnAliases.Bind(1, person).Bind(2, survivor).Run();
        returnResources.Bind(1, person).Bind(2, survivor).Run();
        forgetAliases.Bind(1, person).Run();
        forgetResources.Bind(1, person).Run();
        setMerged.Bind(1, person).BindNull(2).Run();
        var sources = new List<long>();
        for (sourcesOf.Bind(1, person); sourcesOf.Step();) sources.Add(sourcesOf.Int64(0));
        return [.. sources.SelectMany(source => Withhold(survivor, source)).Distinct().OrderBy(deposit => deposit.Value)];
    }

    public long? MergedInto(string personId) => MergedInto(symbols.Of(personId));

    private List<DepositId> Withhold(long person, long source)
    {
        var deposits = new List<DepositId>();
        for (written.Bind(1, person).Bind(2, source); written.Step();) deposits.Add(new(written.Int64(0)));
        withhold.Bind(1, person).Bind(2, source).Run();
        return deposits;
    }

    private long? MergedInto(long person)
    {
        var found = merged.Bind(1, person).Step() ? merged.Int64OrNull(0) : null;
        merged.Reset();
        return found;
    }
}
