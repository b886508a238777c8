using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Reading;
using EHealthPlus.Adapters.Storage.Sqlite.Sealing;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.Storage.Sqlite.Record;

/// <summary>Makes resources of rows. Bodies of deposits are unpacked once for all rows of one answer.</summary>
internal sealed class StoredRows(Reader reader, KeyRing ring)
{
    public const int Number = 9;

    private const string Head = """
        r.category, (SELECT value FROM symbol WHERE num = r.type), (SELECT value FROM symbol WHERE num = r.person),
          (SELECT value FROM symbol WHERE num = (SELECT source FROM deposit WHERE id = s.deposit)), s.body, r.num
        """;

    // An everything search touches many deposits; each holds the resources of a few neighbouring rows.
    private const int BodiesKept = 16;

    private readonly Dictionary<long, DepositBody> bodies = [];

    public Reader Reader => reader;

    /// <summary>Text of a query for current versions.</summary>
    public static string Current(string condition) =>
        $"SELECT r.version, r.updated, r.deposit, r.entry, {Head} FROM resource r CROSS JOIN saga s ON s.deposit = r.deposit WHERE {ResourceTable.NotWithheld} AND {condition}";

    /// <summary>Text of a query for versions that are no longer current, as far as they stood in the same record.</summary>
    public static string Earlier(string condition) =>
        $"SELECT v.version, v.updated, v.deposit, v.entry, {Head} FROM resource r CROSS JOIN resource_version v ON v.resource = r.num CROSS JOIN saga s ON s.deposit = v.deposit WHERE {ResourceTable.NotWithheld} AND {ResourceTable.OfTheSamePerson} AND {condition}";

    /// <exception cref="RejectedException">Its deposit cannot be opened: an answer without it would look whole.</exception>
    public StoredResource Read(Statement row)
    {
        var deposit = row.Int64(2);
        if (!bodies.TryGetValue(deposit, out var body))
        {
            if (bodies.Count >= BodiesKept) bodies.Clear();
            bodies[deposit] = body = DepositBody.Read(ring.Open(reader.Connection.Handle!, new(SealedColumn.SagaBody, deposit), row.Blob(8)));
        }

        var json = body[row.Int32(3)].Span;
        var (version, updated) = (row.Int32(0), Time.At(row.Int64(1)));
        return new(
            row.Text(5), ResourceName.IdOf(json), version, updated, row.IsNull(6) ? null : row.Id(6), (SharingCategory)row.Int32(4), row.IsNull(7) ? "" : row.Id(7),
            new(deposit), ResourceMeta.Insert(json, version, updated));
    }
}
