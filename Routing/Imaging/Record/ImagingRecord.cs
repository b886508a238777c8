using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Imaging.Record;

/// <summary>
/// Images as readers may have them. Only what is filed under a citizen is ever seen here: what is kept apart is worked on in the console, by the
/// deposit that announced it.
/// </summary>
internal sealed class ImagingRecord(IInstanceStore store, ImagingGate gate) : IImagingRecord
{
    /// <summary>Citizens that one question may touch: each of them is decided on, and hears of it.</summary>
    public const int MostPersons = 50;

    /// <summary>Matches asked of the store at once: what is wanted, in these bounds. Each page begins its search anew.</summary>
    private const int SmallestPage = 200, LargestPage = 2000;

    public async ValueTask<Result<IReadOnlyList<ImagingMatch>>> FindAsync(AccessPrincipal principal, ImagingQuery query, CancellationToken cancellationToken)
    {
        var asking = gate.Open(principal, ImagingUse.Search, Target(query));
        var found = new List<ImagingMatch>();
        var skip = query.Skip;
        // Recorded when all are judged: whom a question that is refused as too broad would have found was not read.
        var judged = new Dictionary<string, ImagingGate.Judged>(StringComparer.Ordinal);
        var page = (int)Math.Clamp((long)query.Skip + query.Count, SmallestPage, LargestPage);
        for (var at = 0; found.Count < query.Count; at += page)
        {
            // Of what the store has, only what may be shown counts: a page that said how many were left out would say that they exist.
            var matches = await store.QueryAsync(query with { Skip = at, Count = page }, cancellationToken).ConfigureAwait(false);
            if (!matches.Accepted) return matches.Rejection;
            foreach (var match in matches.Value)
            {
                if (match is not { State: InstanceState.Filed, PersonId: { } person }) continue;
                if (!judged.TryGetValue(person, out var judgement))
                {
                    if (judged.Count == MostPersons)
                        return await asking.RefuseAsync(new(RejectionCode.ImagingQueryTooBroad, $"The query finds images of more than {MostPersons} citizens: name the patient, the study or the accession number"), cancellationToken).ConfigureAwait(false);
                    judged.Add(person, judgement = await asking.JudgeAsync(person, cancellationToken).ConfigureAwait(false));
                }

                if (!judgement.Decision.Granted) continue;
                if (skip-- > 0) continue;
                found.Add(match);
                if (found.Count == query.Count) break;
            }

            if (matches.Value.Count < page) break;
        }

        // A question that finds nobody is recorded too, and answered as one that finds only what is refused.
        if (judged.Count == 0) return (await asking.DecideAsync(null, cancellationToken).ConfigureAwait(false)).Unrecorded is { } fault ? fault : found;
        // Together: entries that wait at the same time share a flush.
        var recorded = await Task.WhenAll(judged.Values.Select(each => asking.RecordAsync(each, cancellationToken).AsTask())).ConfigureAwait(false);
        return Array.Find(recorded, each => each.Unrecorded is not null)?.Unrecorded is { } unrecorded ? unrecorded : found;
    }

    public async ValueTask<Result<IReadOnlyList<KeptInstance>>> SelectAsync(
        AccessPrincipal principal, ImagingUse use, string studyInstanceUid, string? seriesInstanceUid, string? sopInstanceUid, CancellationToken cancellationToken)
    {
        var asking = gate.Open(principal, use, use == ImagingUse.View ? Target(studyInstanceUid, null, null) : Target(studyInstanceUid, seriesInstanceUid, sopInstanceUid));
        var selected = await store.SelectAsync(studyInstanceUid, seriesInstanceUid, sopInstanceUid, cancellationToken).ConfigureAwait(false);
        var filed = selected.Where(instance => instance is { State: InstanceState.Filed, PersonId: not null }).ToList();

        // Two sources may have sent the same study UID, and the index may know two citizens by them: each is decided on alone.
        var refused = default(Rejection);
        var permitted = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var person in filed.Select(instance => instance.PersonId).Distinct(StringComparer.Ordinal).DefaultIfEmpty(null))
        {
            var asked = await asking.DecideAsync(person, cancellationToken).ConfigureAwait(false);
            if (asked.Unrecorded is { } unrecorded) return unrecorded;
            if (asked.Refusal is { } refusal) refused ??= refusal;
            else if (person is not null) permitted[person] = asked.Reports;
        }

        if (permitted.Count == 0) return refused ?? new Rejection(RejectionCode.ResourceNotFound, "No such images");
        // Who may see both would take one citizen's images for the other's.
        if (permitted.Count > 1) return new Rejection(RejectionCode.StudyOfSeveralCitizens, "Two sources sent images of two citizens under this UID");
        // A report is a report, also as an instance.
        var shown = filed.Where(instance => permitted.TryGetValue(instance.PersonId!, out var reports) && (reports || !DocumentClass.IsDocument(instance.SopClassUid))).ToList();
        return shown.Count > 0 ? shown : new Rejection(RejectionCode.ResourceNotFound, "No such images");
    }

    public ValueTask<Stream?> OpenAsync(KeptInstance instance, CancellationToken cancellationToken) => store.OpenAsync(instance, cancellationToken);

    public ValueTask<ReadOnlyMemory<byte>?> FileMetaAsync(KeptInstance instance, CancellationToken cancellationToken) => store.FileMetaAsync(instance, cancellationToken);

    /// <summary>Names of the keys; never a value, which may be a name or a card number.</summary>
    private static string Target(ImagingQuery query) => $"studies?{string.Join(',', query.Matches.Select(match => match.Tag.ToString("X8", System.Globalization.CultureInfo.InvariantCulture)))}";

    /// <summary>As the resources of PS3.18-2024 10.1 name it.</summary>
    private static string Target(string study, string? series, string? instance) =>
        $"studies/{study}{(series is null ? "" : $"/series/{series}")}{(instance is null ? "" : $"/instances/{instance}")}";
}
