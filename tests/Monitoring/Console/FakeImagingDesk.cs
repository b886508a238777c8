using EHealthPlus.Routing.Contracts.Imaging;

namespace EHealthPlus.Tests.Monitoring.Console;

/// <summary>Lines of the imaging page.</summary>
public sealed class FakeImagingDesk : IImagingDesk
{
    public List<ImagingLine> Lines { get; } = [];

    public Task<IReadOnlyList<ImagingLine>> ListAsync(ImagingMismatch mismatch, string? sourceId, DateTimeOffset before, int most, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ImagingLine>>([.. Lines.Where(line => line.Mismatch == mismatch && (sourceId is null || line.SourceId == sourceId)).Take(most)]);
}
