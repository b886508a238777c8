using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Imaging.Worklist;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Sealing;
using EHealthPlus.Adapters.Storage.Sqlite.Writing;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Messages;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Record;

/// <summary>Writes current resources and moves the version before to the versions.</summary>
internal sealed class ResourceTable(sqlite3 connection, Symbols symbols, Codings codings, ResourceKeyTable keys, KeyRing ring, WorklistTable worklist)
{
    /// <summary>
    /// Condition on a row r. What a source sent about somebody from whom its number was taken has that person's number with a minus: nobody can
    /// read it, and it is as good as absent, until its deposit is identified again. 0 would not do: that is what belongs to nobody, such as a
    /// directory.
    /// </summary>
    public const string NotWithheld = "r.person >= 0";

    /// <summary>Condition on an earlier version v of a row r: what was in another's record does not follow the resource into this one.</summary>
    public const string OfTheSamePerson = "(v.person IS NULL OR v.person = r.person)";

    private readonly Statement load = new(connection, "SELECT hash, person, version FROM resource WHERE num = ?1");
    private readonly Statement insert = new(connection, """
        INSERT INTO resource (person, type, category, status, date_from, date_span, codes, categories, version, updated, deposit, entry, hash)
        VALUES (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
        """);
    private readonly Statement keepVersion = new(connection, """
        INSERT INTO resource_version (resource, version, updated, deposit, entry) SELECT num, version, updated, deposit, entry FROM resource WHERE num = ?1
        """);
    private readonly Statement leaveBehind = new(connection, "UPDATE resource_version SET person = ?2 WHERE resource = ?1 AND person IS NULL");
    private readonly Statement update = new(connection, """
        UPDATE resource SET person = ?2, type = ?3, category = ?4, status = ?5, date_from = ?6, date_span = ?7, codes = ?8, categories = ?9, version = ?10,
          updated = ?11, deposit = ?12, entry = ?13, hash = ?14 WHERE num = ?1
        """);

    private readonly Statement name = new(connection, "INSERT INTO accession (resource, number) VALUES (?1, ?2) ON CONFLICT (resource) DO UPDATE SET number = excluded.number");

    private readonly Statement unname = new(connection, "DELETE FROM accession WHERE resource = ?1");

    /// <summary>Writes a new version, unless the resource is as it was or was to be created only.</summary>
    /// <param name="entry">Its number in the deposit's body.</param>
    public void Write(ResourceRow row, DepositId deposit, int entry, DateTimeOffset now)
    {
        var type = symbols.Of(row.Type);
        var person = row.PersonId is null ? 0 : symbols.Of(row.PersonId);
        if (keys.Find(type, row.Id) is not { } num)
        {
            Bind(insert, row, person, type, 1, deposit, entry, now).Run();
            var added = raw.sqlite3_last_insert_rowid(connection);
            keys.Add(type, row.Id, added);
            Name(added, row, deposit, now);
            return;
        }

        load.Bind(1, num).Step();
        var (hash, holder, version) = (load.Int64(0), load.Int64(1), load.Int32(2));
        load.Reset();
        // What was withheld while its deposits are identified again is as good as absent.
        if (row.Mode == WriteMode.CreateIfAbsent && holder >= 0) return;
        if ((hash == row.Hash || (ring.PlainTaken && hash == row.BareHash)) && holder == person) return;
        keepVersion.Bind(1, num).Run();
        if (Math.Abs(holder) != person) leaveBehind.Bind(1, num).Bind(2, Math.Abs(holder)).Run();
        Bind(update, row, person, type, version + 1, deposit, entry, now).Bind(1, num).Run();
        // Its number may be gone; one that is new had none.
        if (row.Index.Accession is null && row.Type is ("ServiceRequest" or "DiagnosticReport" or "ImagingStudy")) unname.Bind(1, num).Run();
        Name(num, row, deposit, now);
    }

    private void Name(long resource, ResourceRow row, DepositId deposit, DateTimeOffset now)
    {
        if (row.Index.Accession is { } number) name.Bind(1, resource).Bind(2, number).Run();
        if (row.Index.Examinations.Count > 0) worklist.Note(resource, row.Id, row.Index.Examinations, deposit, now);
    }

    private Statement Bind(Statement statement, ResourceRow row, long person, long type, int version, DepositId deposit, int entry, DateTimeOffset now)
    {
        var index = row.Index;
        return statement.Bind(2, person).Bind(3, type).Bind(4, (int)row.Category).Bind(5, symbols.OfOptional(index.Status))
            .Bind(6, row.Date?.From).Bind(7, row.Date?.Span).Bind(8, codings.ListOf(index.Codes)).Bind(9, codings.ListOf(index.Categories))
            .Bind(10, version).Bind(11, Time.Of(now)).Bind(12, deposit.Value).Bind(13, entry).Bind(14, row.Hash);
    }
}
