using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Reading;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Consents;

namespace EHealthPlus.Adapters.Storage.Sqlite.Record;

/// <inheritdoc/>
internal sealed class CareRelations(SqliteStore store, SharedTexts texts) : ICareRelations
{
    // docs/decisions/0014: a year back, as the shorter sharing consent; half a year ahead, as appointments are made.
    private static readonly TimeSpan Back = TimeSpan.FromDays(365);
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(183);

    // What never took place, or was filed in error, ties nobody. A stay ties until it ends; one without an end goes on while its status says that the
    // patient is there: visits are often never closed, and one of years ago must not tie for ever. The index on (person, type) leads to the few rows of one citizen.
    private static readonly string Candidates = $"""
        SELECT (SELECT value FROM symbol WHERE num = r.type), ifnull(r.date_from, r.updated), (SELECT source FROM deposit WHERE id = r.deposit)
        FROM resource r
        WHERE r.person = (SELECT num FROM symbol WHERE value = ?1)
          AND r.type IN (SELECT num FROM symbol WHERE value IN ('Encounter', 'Appointment', 'ServiceRequest', 'CareTeam'))
          AND ifnull(r.date_from, r.updated) <= ?3
          AND CASE WHEN r.date_from + r.date_span < {ClinicalDate.EndOfCalendar} OR {GoesOn} THEN r.date_from + r.date_span > ?2 ELSE ifnull(r.date_from, r.updated) >= ?2 END
          AND ifnull(r.status, 0) NOT IN (SELECT num FROM symbol WHERE value IN ('cancelled', 'noshow', 'entered-in-error', 'revoked', 'proposed', 'draft'))
        """;

    private const string GoesOn = """
        (SELECT value FROM symbol WHERE num = r.type) || ' ' || (SELECT value FROM symbol WHERE num = r.status)
          IN ('Encounter arrived', 'Encounter triaged', 'Encounter in-progress', 'Encounter onleave', 'CareTeam active')
        """;

    public async ValueTask<CareRelation?> FindAsync(string personId, string providerId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var rows = reader.Prepare(Candidates).BindId(1, personId).Bind(2, Time.Of(at - Back)).Bind(3, Time.Of(at + Ahead));
        while (rows.Step())
        {
            if (rows.IsNull(2)) continue;
            if (store.Registered.SourceById.GetValueOrDefault(texts.Of(reader, rows.Int64(2)))?.ProviderId == providerId)
            {
                return new(rows.Text(0), HongKongDay.Of(Time.At(rows.Int64(1))));
            }
        }

        return null;
    }
}
