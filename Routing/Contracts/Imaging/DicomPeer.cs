using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Contracts.Imaging;

/// <summary>A DICOM application entity that is known to the hub (PS3.8-2024 7.1.1.4).</summary>
/// <param name="AeTitle">Up to 16 characters, without leading and trailing spaces; unique.</param>
/// <param name="SourceId">The registered source that it sends for: provider, service location, and its client certificate come from there.</param>
/// <param name="Host">Where the hub reaches it, as destination of C-MOVE and of event reports; null where it only calls.</param>
/// <param name="CharacterSet">In place of (0008,0005), see <see cref="IInstanceScanner.Begin"/>; null as the data sets say.</param>
/// <param name="MayStore">C-STORE and storage commitment.</param>
/// <param name="MayQuery">C-FIND, C-GET, C-MOVE: it reads in the name of its provider, so each read is decided and recorded.</param>
public sealed record DicomPeer(
    string AeTitle, string SourceId, string? Host = null, int? Port = null, string? CharacterSet = null, bool MayStore = true, bool MayQuery = false,
    bool Active = true);

/// <summary>Which application entities are known. Lookups answer from memory; changes are durable when the call returns.</summary>
public interface IDicomPeers
{
    /// <returns>The peer, also when it is suspended; null where none is registered.</returns>
    DicomPeer? Find(string aeTitle);

    IReadOnlyList<DicomPeer> All { get; }

    /// <returns>Rejection SourceUnknown where the source is not registered, AeTitleInvalid where the title is none.</returns>
    Task<Result<DicomPeer>> SaveAsync(DicomPeer peer, CancellationToken cancellationToken);
}
