using System.Globalization;
using System.Text;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Compliance;

/// <summary>Plainly synthetic deposits, resources and persons.</summary>
internal static class Synthetic
{
    public const string PersonId = "0123456789abcdef0123456789abcdef";

    public static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.FromHours(8));

    public static JournalEntry Entry(
        string? controlId, string? text = null, string? source = "synthetic-lab", Rejection? rejection = null, string? answer = null,
        string type = "ORU^R01", DateTimeOffset? at = null) =>
        new(
            source, controlId, type, "MRN1", "UNICODE UTF-8", Encoding.UTF8.GetBytes(text ?? $"MSH|^~\\&|LAB|HOSP|||20261120||{type}|{controlId}|P|2.5.1\r"),
            at ?? Noon, "127.0.0.1:40000", rejection, Bytes(answer));

    public static DepositCommit Commit(
        DepositId id, DepositState state = DepositState.Delivered, int version = 0, IReadOnlyList<TranslatedResource>? resources = null,
        Rejection? rejection = null, string? answer = null, IReadOnlyList<AuditEntry>? audit = null, string? personId = PersonId,
        DateTimeOffset? dueAt = null, DateTimeOffset? at = null) =>
        new(
            new(id, state, version, 1, dueAt, [new(DepositState.Received, Noon, null), new(state, (at ?? Noon).AddMilliseconds(40), "synthetic")]),
            rejection, personId, resources ?? [], new(10, 2, 1), Bytes(answer), audit ?? []);

    public static TranslatedResource Resource(
        string type, string id, string? rest = null, ResourceIndex? index = null, SharingCategory category = SharingCategory.LaboratoryAndRadiologyReports,
        WriteMode mode = WriteMode.Replace, bool aboutPatient = true) =>
        new(
            type, id, category, Encoding.UTF8.GetBytes($"{{\"resourceType\":\"{type}\",\"id\":\"{id}\"{(rest is null ? "" : "," + rest)}}}"), mode,
            index ?? ResourceIndex.Empty, [], aboutPatient);

    public static AuditEntry Audit(string action = "deposit", string? personId = PersonId, string reason = "synthetic rule") =>
        new(Noon, "source:synthetic-lab", "source", action, personId, "deposit:1", true, reason);

    public static Person Person(string documentNumber, string? id = null) => new(
        id ?? Id(documentNumber), documentNumber, "TESTPATIENT", "SYNTHETIC ONE", "測試", AdministrativeSex.Female, new(1970, 1, 31), Noon);

    public static Consent Joining(string personId) => new(Id("joining" + personId), personId, ConsentKind.Joining, null, Noon, null, null);

    public static string Id(string seed) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(seed)))[..32];

    public static string Id(int seed) => Id(seed.ToString(CultureInfo.InvariantCulture));

    public static Task<bool> LinkAsync(
        this IPersonStore persons, string personId, IReadOnlyList<PatientAlias> numbers, IndexAct act, AuditEntry audit, CancellationToken cancellationToken) =>
        persons.LinkAsync([new(personId, numbers, audit)], act, cancellationToken);

    /// <summary>Journals a message and commits it as delivered with these resources.</summary>
    public static async Task<DepositId> DeliverAsync(this StoreUnderTest store, string controlId, params TranslatedResource[] resources)
    {
        var receipt = await store.Journal.AppendAsync(Entry(controlId), default);
        return (await store.Deposits.CommitAsync(Commit(receipt.Value.DepositId, resources: resources), default)).Value;
    }

    // A conditional expression would turn null into empty memory.
    private static ReadOnlyMemory<byte>? Bytes(string? text)
    {
        if (text is null) return null;
        return Encoding.UTF8.GetBytes(text);
    }
}
