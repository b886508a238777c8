using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Routing.Contracts.Audit;

namespace EHealthPlus.Adapters.Storage.Sqlite.Audit;

/// <summary>Reads audit rows with the texts that their numbers stand for.</summary>
internal static class AuditRows
{
    public const string Select = """
        SELECT a.num, a.at, (SELECT value FROM symbol WHERE num = a.actor), (SELECT value FROM symbol WHERE num = a.role),
          (SELECT value FROM symbol WHERE num = a.action), (SELECT value FROM symbol WHERE num = a.person), a.target, a.permitted,
          (SELECT value FROM symbol WHERE num = a.reason), (SELECT value FROM symbol WHERE num = c.purpose),
          (SELECT value FROM symbol WHERE num = c.address), (SELECT value FROM symbol WHERE num = c.source),
          (SELECT value FROM symbol WHERE num = c.certificate), (SELECT value FROM symbol WHERE num = c.provider),
          (SELECT value FROM symbol WHERE num = c.on_behalf_of), c.care_relation
        FROM audit a LEFT JOIN audit_circumstance c ON c.num = a.circumstance
        """;

    public static AuditRecord Read(Statement row)
    {
        var (address, source, certificate) = (IdOrNull(row, 10), IdOrNull(row, 11), IdOrNull(row, 12));
        var entry = new AuditEntry(
            Time.At(row.Int64(1)), row.Id(2), row.Id(3), row.Id(4), IdOrNull(row, 5), row.Text(6), row.Int64(7) == 1, row.Id(8), IdOrNull(row, 9),
            (address ?? source ?? certificate) is null ? null : new(address, source, certificate), IdOrNull(row, 13), IdOrNull(row, 14),
            row.Int64(15) switch { 1 => false, 2 => true, _ => null });
        return new(row.Int64(0), entry);
    }

    private static string? IdOrNull(Statement row, int column) => row.IsNull(column) ? null : row.Id(column);
}
