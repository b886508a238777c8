using EHealthPlus.Routing.Contracts.Imaging;

namespace EHealthPlus.Adapters.Storage.Sqlite.Imaging.Studies;

/// <summary>
/// The queries of the desk's lists. Columns: at, source, accession, study, instances, missing, deposit, state, rejection, entry, known, and of the dismissal
/// at, actor, reason, note. Parameters: before, source or null, most; of one line its entry.
/// </summary>
internal static class DeskLines
{
    private const string Undismissed = "x.entry IS NULL";
    private const string NoDismissal = "NULL, NULL, NULL, NULL";
    private const string Dismissal = "x.at, x.actor, x.reason, x.note";

    private static readonly string Waiting = $"""
        SELECT d.received_at, g.source, '', st.uid, {KeptOf("g.study", "i.source = g.source")}, 0, g.waiting, sa.state, sa.rejection, 0, '', {NoDismissal}
        FROM imaging_gathering g JOIN imaging_study st ON st.num = g.study JOIN deposit d ON d.id = g.waiting JOIN saga sa ON sa.deposit = g.waiting
        WHERE g.waiting IS NOT NULL AND d.received_at < ?1 AND {Of("g.source")}
        ORDER BY g.waiting LIMIT ?3
        """;

    // An hour is longer than any quiet period.
    private static readonly string NotAnnounced = $"""
        SELECT g.newest_at, g.source, st.accession, st.uid, {KeptOf("g.study", "i.source = g.source")}, 0, NULL, NULL, NULL, 0, '', {NoDismissal}
        FROM imaging_gathering g JOIN imaging_study st ON st.num = g.study
        WHERE g.newest > g.announced AND g.newest_at < ?1 - 3600000 AND {Of("g.source")}
        ORDER BY g.newest_at LIMIT ?3
        """;

    private static readonly string Images = $"""
        SELECT d.received_at, g.source, coalesce(a.number, ''), st.uid, {KeptOf("g.study", "i.source = g.source")}, 0, r.deposit, 3, NULL, 0, '', {NoDismissal}
        FROM imaging_gathering g JOIN imaging_study st ON st.num = g.study JOIN resource r ON r.num = g.resource JOIN deposit d ON d.id = r.deposit
          LEFT JOIN accession a ON a.resource = g.resource
        WHERE g.filed_until > 0 AND d.received_at < ?1 AND {Of("g.source")}
          AND NOT EXISTS (SELECT 1 FROM accession b JOIN resource q ON q.num = b.resource WHERE b.number = a.number AND q.person = r.person AND q.type = {Type("ServiceRequest")})
          AND NOT EXISTS (SELECT 1 FROM worklist w JOIN resource q ON q.num = w.resource WHERE w.study_uid = st.uid AND q.person = r.person)
        ORDER BY r.deposit LIMIT ?3
        """;

    private static readonly (string Open, string Dismissed, string One) OfOrders = (Orders(Undismissed), Orders("x.entry IS NOT NULL"), Orders($"{Undismissed} AND r.num = ?4"));
    private static readonly (string Open, string Dismissed, string One) OfCitizens = (Citizens(Undismissed), Citizens("x.entry IS NOT NULL"), Citizens($"{Undismissed} AND st.num = ?4"));
    private static readonly (string Open, string Dismissed, string One) OfMissing = (Missing(Undismissed), Missing("x.entry IS NOT NULL"), Missing($"{Undismissed} AND p.num = ?4"));

    public static string Open(ImagingMismatch mismatch) => mismatch switch
    {
        ImagingMismatch.StudyWaiting => Waiting,
        ImagingMismatch.OrderWithoutImages => OfOrders.Open,
        ImagingMismatch.ImagesWithoutOrder => Images,
        ImagingMismatch.InstancesMissing => OfMissing.Open,
        ImagingMismatch.StudyOfTwoCitizens => OfCitizens.Open,
        ImagingMismatch.StudyNotAnnounced => NotAnnounced,
        _ => throw new ArgumentOutOfRangeException(nameof(mismatch), mismatch, "Not a list"),
    };

    /// <returns>Null where lines of the list are not dismissed.</returns>
    public static string? Dismissed(ImagingMismatch mismatch) =>
        ListOf(mismatch)?.Dismissed;

    /// <summary>One open line.</summary>
    /// <returns>Null where lines of the list are not dismissed.</returns>
    public static string? One(ImagingMismatch mismatch) =>
        ListOf(mismatch)?.One;

    private static (string Open, string Dismissed, string One)? ListOf(ImagingMismatch mismatch) => mismatch switch
    {
        ImagingMismatch.OrderWithoutImages => OfOrders,
        ImagingMismatch.InstancesMissing => OfMissing,
        ImagingMismatch.StudyOfTwoCitizens => OfCitizens,
        _ => null,
    };

    // An order whose steps were all discontinued has no images to come. New is another message of it, and what a station says of its step.
    private static string Orders(string which) => $"""
        SELECT coalesce({First}, d.received_at) AS at, d.source, coalesce(a.number, ''), NULL, 0, 0, r.deposit, 3, NULL, r.num, {OrderKnown}, {Dismissal}
        FROM (SELECT resource FROM accession UNION SELECT resource FROM worklist) o JOIN resource r ON r.num = o.resource JOIN deposit d ON d.id = r.deposit
          LEFT JOIN accession a ON a.resource = r.num
          LEFT JOIN imaging_dismissal x ON x.mismatch = 2 AND x.entry = r.num AND x.known = {OrderKnown}
        WHERE r.type = {Type("ServiceRequest")} AND r.person > 0 AND coalesce({First}, d.received_at) < ?1 AND {Of("d.source")} AND {which}
          AND coalesce((SELECT value FROM symbol WHERE num = r.status), '') NOT IN ('revoked', 'entered-in-error') AND coalesce((SELECT min(state) FROM worklist WHERE resource = r.num), 1) <> 4
          AND NOT EXISTS (SELECT 1 FROM accession b JOIN resource q ON q.num = b.resource WHERE b.number = a.number AND q.person = r.person AND q.type = {Type("ImagingStudy")})
          AND NOT EXISTS (SELECT 1 FROM imaging_study st JOIN imaging_gathering g ON g.study = st.num WHERE st.uid IN (SELECT study_uid FROM worklist WHERE resource = r.num) AND g.person = r.person)
        ORDER BY at, r.num LIMIT ?3
        """;

    // The earliest of its steps.
    private const string First = "(SELECT min(start) FROM worklist WHERE resource = r.num)";

    private const string OrderKnown = "r.deposit || '.' || coalesce((SELECT group_concat(state, '.') FROM worklist WHERE resource = r.num), 0)";

    // Of the study, or else of the order that it was made for, the deposit is where somebody who works it begins. New is any instance of the study.
    private static string Missing(string which) => $"""
        SELECT p.changed_at, p.source, coalesce(st.accession, a.number, ''), p.study_uid,
          (SELECT count(*) FROM imaging_instance i JOIN imaging_series s ON s.num = i.series WHERE s.study IN ({StudiesOfStep})), e.missing,
          coalesce((SELECT max(r.deposit) FROM imaging_gathering g JOIN resource r ON r.num = g.resource WHERE g.study IN ({StudiesOfStep})), r.deposit), NULL, NULL, p.num, {StepKnown}, {Dismissal}
        FROM (SELECT step, count(*) AS missing FROM imaging_expected GROUP BY step) e JOIN performed_step p ON p.num = e.step
          LEFT JOIN imaging_study st ON st.num = (SELECT min(o.num) FROM imaging_study o WHERE o.uid = p.study_uid)
          LEFT JOIN resource r ON r.num = (SELECT min(resource) FROM worklist WHERE study_uid = p.study_uid) LEFT JOIN accession a ON a.resource = r.num
          LEFT JOIN imaging_dismissal x ON x.mismatch = 4 AND x.entry = p.num AND x.known = {StepKnown}
        WHERE p.changed_at < ?1 AND {Of("p.source")} AND {which}
        ORDER BY p.changed_at, p.num LIMIT ?3
        """;

    // What each source sent of the study that was performed.
    private const string StudiesOfStep = "SELECT o.num FROM imaging_study o WHERE o.uid = p.study_uid";

    private const string StepKnown = $"e.missing || '.' || coalesce((SELECT max(newest) FROM imaging_gathering WHERE study IN ({StudiesOfStep})), 0)";

    // A line a source: each has its deposit, where whose images they are is looked at. New is a registrar's decision, and any instance under the UID.
    private static string Citizens(string which) => $"""
        SELECT d.received_at, st.source, st.accession, st.uid, {KeptOf("st.num", "1")}, 0, r.deposit, 3, NULL, st.num, {CitizensKnown}, {Dismissal}
        FROM (SELECT uid FROM imaging_study GROUP BY uid HAVING count(*) > 1) u JOIN imaging_study st ON st.uid = u.uid
          JOIN imaging_gathering g ON g.study = st.num JOIN resource r ON r.num = g.resource JOIN deposit d ON d.id = r.deposit
          LEFT JOIN imaging_dismissal x ON x.mismatch = 5 AND x.entry = st.num AND x.known = {CitizensKnown}
        WHERE EXISTS (SELECT 1 FROM imaging_study o WHERE o.uid = st.uid AND o.person <> st.person) AND d.received_at < ?1 AND {Of("st.source")} AND {which}
        ORDER BY st.uid, st.num LIMIT ?3
        """;

    private const string CitizensKnown =
        "(SELECT group_concat(o.person || '.' || k.newest, ' ') FROM imaging_study o JOIN imaging_gathering k ON k.study = o.num WHERE o.uid = st.uid AND o.person IS NOT NULL)";

    private static string Type(string name) => $"(SELECT num FROM symbol WHERE value = '{name}')";

    private static string Of(string source) => $"(?2 IS NULL OR {source} = (SELECT num FROM symbol WHERE value = ?2))";

    private static string KeptOf(string study, string condition) =>
        $"(SELECT count(*) FROM imaging_instance i JOIN imaging_series s ON s.num = i.series WHERE s.study = {study} AND {condition})";
}
