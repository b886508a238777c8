using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Rejections;
using SQLitePCL;

namespace EHealthPlus.Adapters.Storage.Sqlite.Writing;

/// <summary>
/// Counts of deposits by minute and source, so that a chart over a day reads some thousand rows and not the journal.
/// Changes of one transaction are added up here and written once.
/// </summary>
internal sealed class Tallies(sqlite3 connection, Symbols symbols)
{
    private readonly Statement add = new(connection, """
        INSERT INTO tally (minute, source, received, delivered, refused, quarantined) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        ON CONFLICT (minute, source) DO UPDATE SET received = received + excluded.received, delivered = delivered + excluded.delivered,
          refused = refused + excluded.refused, quarantined = quarantined + excluded.quarantined
        """);
    private readonly Statement addRefusal = new(connection, """
        INSERT INTO refusal_tally (minute, code, count) VALUES (?1, ?2, ?3) ON CONFLICT (minute, code) DO UPDATE SET count = count + excluded.count
        """);
    private readonly Dictionary<(long Minute, long Source), (int Received, int Delivered, int Refused, int Quarantined)> deposits = [];
    private readonly Dictionary<(long Minute, int Code), int> refusals = [];

    public static long MinuteOf(long milliseconds) => milliseconds / 60_000;

    public void Received(long receivedAt, string? sourceId) => Add(receivedAt, sourceId is null ? 0 : symbols.Of(sourceId), (1, 0, 0, 0));

    /// <param name="times">1 for a state that a deposit enters, -1 for one that it leaves.</param>
    public void Count(long receivedAt, long source, DepositState state, RejectionCode? rejection, int times)
    {
        if (state == DepositState.Delivered) Add(receivedAt, source, (0, times, 0, 0));
        if (state == DepositState.Quarantined) Add(receivedAt, source, (0, 0, 0, times));
        if (state != DepositState.Refused) return;
        Add(receivedAt, source, (0, 0, times, 0));
        if (rejection is { } code)
            refusals[(MinuteOf(receivedAt), (int)code)] = refusals.GetValueOrDefault((MinuteOf(receivedAt), (int)code)) + times;
    }

    public void Write()
    {
        foreach (var ((minute, source), count) in deposits)
            add.Bind(1, minute).Bind(2, source).Bind(3, count.Received).Bind(4, count.Delivered).Bind(5, count.Refused).Bind(6, count.Quarantined).Run();
        foreach (var ((minute, code), count) in refusals) addRefusal.Bind(1, minute).Bind(2, code).Bind(3, count).Run();
        RolledBack();
    }

    public void RolledBack()
    {
        deposits.Clear();
        refusals.Clear();
    }

    private void Add(long receivedAt, long source, (int Received, int Delivered, int Refused, int Quarantined) by)
    {
        var key = (MinuteOf(receivedAt), source);
        var now = deposits.GetValueOrDefault(key);
        deposits[key] = (now.Received + by.Received, now.Delivered + by.Delivered, now.Refused + by.Refused, now.Quarantined + by.Quarantined);
    }
}
