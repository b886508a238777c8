using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Writing;
using EHealthPlus.Routing.Contracts.Consents;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Consents;

/// <summary>Writes consents.</summary>
internal sealed class ConsentTable(sqlite3 connection, Symbols symbols)
{
    private readonly Statement insert = new(connection, """
        INSERT INTO consent (id, person, kind, provider, given_at, expires_at, revoked_at, given_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        """);
    private readonly Statement revoke = new(connection, "UPDATE consent SET revoked_at = ?2 WHERE id = ?1 AND revoked_at IS NULL");
    private readonly Statement kindOf = new(connection, "SELECT kind FROM consent WHERE id = ?1");

    public void Add(Consent consent) =>
        insert.BindId(1, consent.Id).Bind(2, symbols.Of(consent.PersonId)).Bind(3, (int)consent.Kind).Bind(4, symbols.OfOptional(consent.ProviderId))
            .Bind(5, Time.Of(consent.GivenAt)).Bind(6, Time.Of(consent.ExpiresAt)).Bind(7, Time.Of(consent.RevokedAt))
            .Bind(8, symbols.OfOptional(consent.SubstituteDecisionMakerId)).Run();

    /// <summary>A consent that is revoked already keeps its first time.</summary>
    /// <returns>What kind it is; null where there is none with that id.</returns>
    public ConsentKind? Revoke(string id, DateTimeOffset at)
    {
        revoke.BindId(1, id).Bind(2, Time.Of(at)).Run();
        ConsentKind? kind = kindOf.BindId(1, id).Step() ? (ConsentKind)kindOf.Int32(0) : null;
        kindOf.Reset();
        return kind;
    }
}
