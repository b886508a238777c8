using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Reading;
using EHealthPlus.Adapters.Storage.Sqlite.Sealing;
using EHealthPlus.Routing.Contracts.Imaging;

namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Index;

/// <summary>Reads instances out of their rows.</summary>
internal sealed class KeptInstances(Reader reader, KeyRing keys)
{
    public const string Select = """
        SELECT i.num, st.uid, s.uid, i.uid, i.sop_class, i.transfer_syntax, i.length, i.frames, i.source, i.provider, i.received_at,
          CASE WHEN i.num <= g.filed_until THEN 2 WHEN g.waiting IS NOT NULL THEN 3 ELSE 1 END, CASE WHEN i.num <= g.filed_until THEN g.person END, i.attributes
        FROM imaging_instance i JOIN imaging_series s ON s.num = i.series JOIN imaging_study st ON st.num = s.study
          JOIN imaging_gathering g ON g.study = st.num AND g.source = i.source
        """;

    private readonly SymbolMemo symbols = new(reader);

    /// <param name="row">Of <see cref="Select"/>.</param>
    /// <exception cref="EHealthPlus.Routing.Contracts.Rejections.RejectedException">The row's sealed content does not open.</exception>
    public KeptInstance Read(Statement row)
    {
        var content = InstanceContent.Read(keys.Open(reader.Connection.Handle!, new(SealedColumn.InstanceAttributes, row.Int64(0)), row.Blob(13)));
        return new(
            new(row.Text(1), row.Text(2), row.Text(3)), symbols.Of(row.Int64(4)), symbols.Of(row.Int64(5)), Convert.ToHexStringLower(content.Sha256.Span),
            row.Int64(6), row.Int32(7), symbols.Of(row.Int64(8)), symbols.Of(row.Int64(9)), Time.At(row.Int64(10)), (InstanceState)row.Int32(11),
            symbols.OfOptional(row.Int64OrNull(12)));
    }
}
