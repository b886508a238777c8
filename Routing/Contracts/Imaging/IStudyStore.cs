using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Routing.Contracts.Imaging;

/// <summary>A study of one source, with instances that no manifest names yet. Two sources that send the same study are two of these.</summary>
/// <param name="Revision">Number of its newest instance, in the order in which the store took all instances in: rises with each.</param>
/// <param name="LastAt">When that instance came.</param>
public sealed record GatheringStudy(string SourceId, string StudyInstanceUid, long Revision, DateTimeOffset LastAt);

/// <summary>One series of a study: DICOM JSON objects (PS3.18-2024 annex F), UTF-8.</summary>
/// <param name="Instances">By instance number, then as they came.</param>
public sealed record StudySeries(ReadOnlyMemory<byte> Attributes, IReadOnlyList<ReadOnlyMemory<byte>> Instances);

/// <summary>What a source has sent of a study, as a manifest tells it.</summary>
/// <param name="Conflicts">Instances that named another patient number or accession number than the study: whose it is must be found out.</param>
/// <param name="Series">By series number, then as they came.</param>
public sealed record StudyContent(long Conflicts, ReadOnlyMemory<byte> Patient, ReadOnlyMemory<byte> Study, IReadOnlyList<StudySeries> Series);

/// <summary>A study whose newest manifest is in quarantine.</summary>
public sealed record WaitingStudy(DepositId Deposit, string SourceId, string StudyInstanceUid, long Revision);

/// <summary>
/// Studies as they gather from kept instances. What a decision on a manifest does to the instances, the store does within
/// <see cref="Deposits.IDepositStore.CommitAsync"/>: delivered files them under the citizen, quarantined keeps them apart.
/// </summary>
public interface IStudyStore
{
    /// <summary>Studies that have instances newer than their last manifest, and none since a time, or all that performed steps say were made; those that are quiet longest first.</summary>
    Task<IReadOnlyList<GatheringStudy>> QuietAsync(DateTimeOffset since, int most, CancellationToken cancellationToken);

    /// <returns>Null where it has no instance that no manifest names.</returns>
    Task<GatheringStudy?> FindAsync(string sourceId, string studyInstanceUid, CancellationToken cancellationToken);

    /// <summary>What the source sent of the study up to that revision: the same answer each time.</summary>
    Task<StudyContent> ReadAsync(GatheringStudy study, CancellationToken cancellationToken);

    /// <summary>The manifest of that revision is in the journal. Can be said twice.</summary>
    Task AnnouncedAsync(GatheringStudy study, CancellationToken cancellationToken);

    /// <summary>Whether a manifest of a later revision was announced: an earlier one must not take its place in the record.</summary>
    Task<bool> IsSupersededAsync(string sourceId, string studyInstanceUid, long revision, CancellationToken cancellationToken);

    /// <summary>
    /// The current DiagnosticReports of a study in one citizen's record: those that its manifests became, and those of the same provider under its accession
    /// number. Decides nothing.
    /// </summary>
    /// <returns>Newest entry first, at most some twenty.</returns>
    Task<IReadOnlyList<StoredResource>> ReportsAsync(string personId, string studyInstanceUid, CancellationToken cancellationToken);

    /// <summary>Studies that wait for their citizen, by deposit number.</summary>
    /// <param name="after">The last deposit of the page before; 0 for the first.</param>
    Task<IReadOnlyList<WaitingStudy>> WaitingAsync(DepositId after, int most, CancellationToken cancellationToken);
}

/// <summary>Told by those who know more of a study than that it is quiet. What performed steps tell, the store knows.</summary>
public interface IStudyGathering
{
    /// <summary>
    /// Its sender says that nothing more comes: storage commitment was asked for. The study is announced
    /// at the next look, without the quiet period; where the hub stops before, after it.
    /// </summary>
    void Whole(string sourceId, string studyInstanceUid);
}
