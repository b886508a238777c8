using System.Buffers;
using System.Text;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Routing.Contracts.Deposits;

namespace EHealthPlus.Adapters.Storage.Sqlite.Deposits;

/// <summary>
/// A deposit's steps as a few bytes each: state (1 byte), milliseconds since the receipt, length of the note plus 1 (0 for none), the note in UTF-8.
/// Numbers are varints; a step before the receipt (clocks can be set back) counts as at it.
/// </summary>
internal static class Timeline
{
    public static byte[] Write(IReadOnlyList<DepositTransition> steps, long receivedAt)
    {
        var target = new ArrayBufferWriter<byte>(64);
        foreach (var step in steps)
        {
            target.Write([(byte)step.State]);
            Number(target, (ulong)Math.Max(0, Time.Of(step.At) - receivedAt));
            if (step.Note is null)
            {
                Number(target, 0);
                continue;
            }

            Number(target, (ulong)Encoding.UTF8.GetByteCount(step.Note) + 1);
            Encoding.UTF8.GetBytes(step.Note, target);
        }

        return target.WrittenSpan.ToArray();
    }

    public static List<DepositTransition> Read(ReadOnlySpan<byte> bytes, long receivedAt)
    {
        var steps = new List<DepositTransition>();
        while (!bytes.IsEmpty)
        {
            var state = (DepositState)bytes[0];
            bytes = bytes[1..];
            var at = Time.At(receivedAt + (long)Varint.Read(ref bytes));
            var length = (int)Varint.Read(ref bytes) - 1;
            steps.Add(new(state, at, length < 0 ? null : Encoding.UTF8.GetString(bytes[..length])));
            if (length > 0) bytes = bytes[length..];
        }

        return steps;
    }

    private static void Number(ArrayBufferWriter<byte> target, ulong value) => target.Advance(Varint.Write(target.GetSpan(Varint.MaximumLength), value));
}
