using System.Buffers;

namespace EHealthPlus.Adapters.Dimse.Messages;

/// <summary>A data set that is needed whole: an identifier, a report of an event. Over its limit the rest is thrown away.</summary>
internal sealed class SmallDataSet(int limit)
{
    private readonly ArrayBufferWriter<byte> bytes = new();

    public bool TooLong { get; private set; }

    public ReadOnlyMemory<byte> Bytes => bytes.WrittenMemory;

    public void Write(ReadOnlySpan<byte> part)
    {
        if (bytes.WrittenCount + part.Length > limit) TooLong = true;
        else bytes.Write(part);
    }
}
