using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EHealthPlus.Adapters.Storage.Sqlite.Audit;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.Data.Sqlite;
using static EHealthPlus.Tests.Compliance.Synthetic;

namespace EHealthPlus.Tests.Compliance.Sqlite;

/// <summary>Whatever is done to the trail behind the hub's back, the verification names the first entry concerned.</summary>
public sealed class AuditVerificationTests : IAsyncLifetime
{
    private const string Copy = "actor, role, action, person, target, permitted, reason, hash, circumstance";

    private readonly SqliteUnderTest store = new();

    private AuditVerdict Verdict => AuditVerification.Run(store.Folder, [], default);

    public async ValueTask InitializeAsync()
    {
        await store.OpenAsync();
        for (var number = 1; number <= 20; number++) await store.Audit.RecordAsync(Entry(number), default);
    }

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public void An_untouched_trail_holds() => Assert.Equal(new(20, 0, null), Verdict);

    [Fact]
    public async Task A_text_with_U0000_in_it_is_kept_whole_and_holds()
    {
        var entry = Entry(21) with { Actor = "a\0b", Target = "lab\0.csv", Reason = "\0", ProviderId = new string('x', 200) + "\0y" };
        await store.Audit.RecordAsync(entry, default);
        await store.Audit.RecordAsync(Entry(22) with { Actor = "a", Target = "" }, default);
        await store.ReopenAsync();
        Assert.Equal(new(22, 0, null), Verdict);
        Assert.Equal(entry, (await store.Store.AuditReader.GetAsync(21, default))!.Entry);
        Assert.Equal(("a", ""), (await store.Store.AuditReader.GetAsync(22, default))!.Entry is var last ? (last.Actor, last.Target) : default);
    }

    [Theory]
    [InlineData("UPDATE audit SET permitted = 1 - permitted WHERE num = 13", 13)]
    [InlineData("UPDATE audit SET at = at + 1 WHERE num = 1", 1)]
    [InlineData("UPDATE audit SET target = target || '0' WHERE num = 20", 20)]
    [InlineData("UPDATE audit SET person = NULL WHERE num = 5", 5)]
    [InlineData("UPDATE audit SET actor = role WHERE num = 6", 6)]
    [InlineData("UPDATE audit SET hash = zeroblob(32) WHERE num = 7", 7)]
    [InlineData("UPDATE audit SET circumstance = circumstance + 1 WHERE num = 4", 4)]
    [InlineData("UPDATE audit SET circumstance = NULL WHERE num = 4", 4)]
    [InlineData("UPDATE symbol SET value = 'rule 09' WHERE value = 'rule 9'", 9)]
    [InlineData("UPDATE audit_circumstance SET care_relation = 2 WHERE care_relation = 1", 10)]
    [InlineData("UPDATE audit_circumstance SET on_behalf_of = purpose WHERE address = (SELECT num FROM symbol WHERE value = '192.0.2.3')", 3)]
    [InlineData("DELETE FROM audit_circumstance WHERE address = (SELECT num FROM symbol WHERE value = '192.0.2.3')", 3)]
    public void An_altered_entry_is_named(string sql, long number)
    {
        Tamper(sql);
        Assert.Equal(new(number - 1, 0, new(AuditFault.EntryAltered, number, number)), Verdict);
    }

    [Fact]
    public void A_deleted_entry_is_named()
    {
        Tamper("DELETE FROM audit WHERE num BETWEEN 8 AND 9");
        Assert.Equal(new AuditFinding(AuditFault.EntryMissing, 8, 9), Verdict.Finding);
    }

    [Fact]
    public void The_first_entry_cannot_go_either()
    {
        Tamper("DELETE FROM audit WHERE num = 1");
        Assert.Equal(new AuditFinding(AuditFault.EntryMissing, 1, 1), Verdict.Finding);
    }

    [Fact]
    public void An_inserted_entry_is_named()
    {
        Tamper("UPDATE audit SET num = -num WHERE num >= 8", "UPDATE audit SET num = 1 - num WHERE num < 0",
            $"INSERT INTO audit (num, at, {Copy}) SELECT 8, at, {Copy} FROM audit WHERE num = 3");
        Assert.Equal(new AuditFinding(AuditFault.EntryInserted, 8, 8), Verdict.Finding);
    }

    [Fact]
    public void An_entry_before_the_first_is_named()
    {
        Tamper($"INSERT INTO audit (num, at, {Copy}) SELECT -5, at, {Copy} FROM audit WHERE num = 3");
        Assert.Equal(new AuditFinding(AuditFault.EntryInserted, -5, -5), Verdict.Finding);
    }

    [Fact]
    public void Swapped_entries_are_named()
    {
        Tamper("UPDATE audit SET num = -8 WHERE num = 8", "UPDATE audit SET num = 8 WHERE num = 12", "UPDATE audit SET num = 12 WHERE num = -8");
        Assert.Equal(new AuditFinding(AuditFault.EntryAltered, 8, 8), Verdict.Finding);
    }

    [Fact]
    public async Task A_tail_that_was_cut_is_named_by_the_checkpoint()
    {
        var head = await store.Store.AuditReader.HeadAsync(default);
        Tamper("DELETE FROM audit WHERE num > 17");
        Assert.Null(Verdict.Finding);
        Assert.Equal(new AuditFinding(AuditFault.TailCut, 18, 20), AuditVerification.Run(store.Folder, [head], default).Finding);
    }

    [Fact]
    public async Task Entries_that_were_all_written_anew_are_named_by_the_checkpoints()
    {
        var checkpoints = new List<AuditCheckpoint> { await store.Store.AuditReader.HeadAsync(default) };
        for (var number = 21; number <= 30; number++) await store.Audit.RecordAsync(Entry(number), default);
        checkpoints.Add(await store.Store.AuditReader.HeadAsync(default));
        Assert.Equal(new(30, 2, null), AuditVerification.Run(store.Folder, checkpoints, default));

        Tamper("DELETE FROM audit WHERE num > 24");
        await store.ReopenAsync();
        for (var number = 25; number <= 30; number++) await store.Audit.RecordAsync(Entry(number + 100), default);
        Assert.Null(Verdict.Finding);
        Assert.Equal(new(30, 1, new(AuditFault.EntriesRewritten, 21, 30)), AuditVerification.Run(store.Folder, checkpoints, default));
    }

    [Theory]
    [InlineData(false, "is damaged (engine code 26). Put the database back from its backup")]
    [InlineData(true, "is no store of this version of the hub")]
    public void A_database_that_cannot_be_read_is_told_with_what_to_do(bool empty, string told)
    {
        var folder = Directory.CreateDirectory(Path.Combine(store.Folder, "copy")).FullName;
        File.WriteAllText(Path.Combine(folder, "hub.db"), empty ? "" : new string('x', 10_000));

        var refused = Assert.Throws<RejectedException>(() => AuditVerification.Run(folder, [], default));

        Assert.Contains(told, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entries_of_the_first_form_still_hold()
    {
        store.Store.Dispose();
        Tamper("DELETE FROM audit");
        var previous = new byte[32];
        for (var number = 1; number <= 3; number++)
        {
            previous = FirstForm(previous, number, "source:synthetic-lab", "source", "deposit", number == 2 ? null : PersonId, "deposit:1", "synthetic rule");
            var person = number == 2 ? "NULL" : $"(SELECT num FROM symbol WHERE value = x'{PersonId}')";
            Tamper(string.Create(CultureInfo.InvariantCulture, $"""
                INSERT INTO symbol (value) SELECT 'synthetic rule' WHERE NOT EXISTS (SELECT 1 FROM symbol WHERE value = 'synthetic rule');
                INSERT INTO audit (num, at, actor, role, action, person, target, permitted, reason, hash)
                VALUES ({number}, {Noon.ToUnixTimeMilliseconds()}, (SELECT num FROM symbol WHERE value = 'source:synthetic-lab'),
                  (SELECT num FROM symbol WHERE value = 'source'), (SELECT num FROM symbol WHERE value = 'deposit'), {person}, 'deposit:1', 1,
                  (SELECT num FROM symbol WHERE value = 'synthetic rule'), x'{Convert.ToHexString(previous)}')
                """));
        }

        await store.OpenAsync();
        await store.Audit.RecordAsync(Entry(4), default);
        Assert.Equal(new(4, 0, null), Verdict);
        Assert.Equal(Audit(), (await store.Store.AuditReader.GetAsync(3, default))!.Entry);
        Tamper("UPDATE audit SET circumstance = 1 WHERE num = 2");
        Assert.Equal(2, Verdict.Finding!.Number);
    }

    private static AuditEntry Entry(int number) => Audit(reason: string.Create(CultureInfo.InvariantCulture, $"rule {number}")) with
    {
        PersonId = number % 3 == 0 ? null : PersonId,
        PurposeOfUse = "TREAT",
        Origin = new(string.Create(CultureInfo.InvariantCulture, $"192.0.2.{number}"), "synthetic-lab", new string('A', 64)),
        ProviderId = "synthetic-clinic",
        OnBehalfOf = number % 2 == 0 ? Id(1) : null,
        CareRelation = number == 10 ? false : null,
    };

    private static byte[] FirstForm(byte[] previous, long number, params string?[] texts)
    {
        var row = new byte[17];
        BinaryPrimitives.WriteInt64BigEndian(row, number);
        BinaryPrimitives.WriteInt64BigEndian(row.AsSpan(8), Noon.ToUnixTimeMilliseconds());
        row[16] = 1;
        var all = previous.Concat(row);
        foreach (var text in texts)
        {
            var length = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(length, text is null ? -1 : Encoding.UTF8.GetByteCount(text));
            all = all.Concat(length).Concat(Encoding.UTF8.GetBytes(text ?? ""));
        }

        return SHA256.HashData(all.ToArray());
    }

    private void Tamper(params string[] statements)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(store.Folder, "hub.db")};Pooling=False");
        connection.Open();
        foreach (var sql in statements)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            Assert.InRange(command.ExecuteNonQuery(), 1, int.MaxValue);
        }
    }
}
