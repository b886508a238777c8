using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.DicomWeb.Store;

/// <summary>What became of one part of a store request.</summary>
/// <param name="Announced">What the part said it is.</param>
internal sealed record StoreOutcome(FileMetaGlance Announced, Result<InstanceReceipt> Answer);
