using System.Buffers;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Adapters.Dimse.Fakes;

/// <summary>"Transcodes" by turning each byte over, so that a test sees what went through it.</summary>
public sealed class ShiftingWriter : IDataSetWriter
{
    public async ValueTask<Rejection?> TranscodeAsync(Stream dataSet, string fromTransferSyntaxUid, string toTransferSyntaxUid, Stream output, CancellationToken cancellationToken)
    {
        var buffer = new byte[1000];
        int read;
        while ((read = await dataSet.ReadAsync(buffer, cancellationToken)) > 0)
        {
            for (var place = 0; place < read; place++) buffer[place] ^= 0xFF;
            await output.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return null;
    }

    public byte[] FileMeta(string sopClassUid, string sopInstanceUid, string transferSyntaxUid) => throw new NotSupportedException();

    public ValueTask<Rejection?> WriteJsonAsync(
        Stream dataSet, string transferSyntaxUid, string? characterSet, Func<string, string> bulkDataUri, IBufferWriter<byte> output, Func<ValueTask>? afterPart, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<Result<ByteStretch>> LocateAsync(Stream dataSet, string transferSyntaxUid, string path, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<Result<IReadOnlyList<FrameLocation>>> FramesAsync(Stream dataSet, string transferSyntaxUid, CancellationToken cancellationToken) => throw new NotSupportedException();
}
