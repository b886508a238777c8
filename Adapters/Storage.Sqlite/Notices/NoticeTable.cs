using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Writing;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Notices;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Notices;

/// <summary>Writes notices and choices.</summary>
internal sealed class NoticeTable(sqlite3 connection, Symbols symbols)
{
    private readonly Statement known = new(connection, "SELECT 1 FROM notice WHERE person = ?1 AND provider = ?2 AND actor = ?3 AND at > ?4 AND at <= ?5");
    private readonly Statement insert = new(connection, """
        INSERT INTO notice (key, person, provider, actor, at, step, attempts, due_at) VALUES (?1, ?2, ?3, ?4, ?5, 0, 0, ?5)
        """);
    private readonly Statement sent = new(connection, "UPDATE notice SET channel = ?2, sent_at = ?3 WHERE num = ?1 AND sent_at IS NULL");
    private readonly Statement postpone = new(connection, "UPDATE notice SET step = ?2, attempts = ?3, due_at = ?4 WHERE num = ?1 AND sent_at IS NULL");
    private readonly Statement choose = new(connection, """
        INSERT INTO notice_choice (person, channel, mobile, email, postal_address, chinese) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (person) DO UPDATE SET channel = excluded.channel, mobile = excluded.mobile, email = excluded.email,
          postal_address = excluded.postal_address, chinese = excluded.chinese
        """);

    /// <summary>Makes the notice of an access, where the entry begins one.</summary>
    public void Note(AuditEntry entry)
    {
        if (entry is not { Permitted: true, PersonId: { } person, ProviderId: { } provider } || !AuditAction.Reads.Contains(entry.Action)) return;
        var (who, where, actor, at) = (symbols.Of(person), symbols.Of(provider), symbols.Of(entry.Actor), Time.Of(entry.At));
        var goesOn = known.Bind(1, who).Bind(2, where).Bind(3, actor).Bind(4, at - (long)INotices.Access.TotalMilliseconds).Bind(5, at).Step();
        known.Reset();
        if (!goesOn) insert.Bind(1, Guid.NewGuid().ToByteArray()).Bind(2, who).Bind(3, where).Bind(4, actor).Bind(5, at).Run();
    }

    public void Sent(long number, NoticeChannel channel, DateTimeOffset at) => sent.Bind(1, number).Bind(2, (int)channel).Bind(3, Time.Of(at)).Run();

    public void Postpone(long number, int step, int attempts, DateTimeOffset dueAt) =>
        postpone.Bind(1, number).Bind(2, step).Bind(3, attempts).Bind(4, Time.Of(dueAt)).Run();

    public void Choose(NoticeChoice choice) =>
        choose.Bind(1, symbols.Of(choice.PersonId)).Bind(2, (int)choice.Channel).Bind(3, choice.Mobile).Bind(4, choice.Email).Bind(5, choice.PostalAddress)
            .Bind(6, choice.Chinese ? 1 : 0).Run();
}
