using System.Globalization;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Pipeline.Intake;

/// <summary>Writes the hub's answers, each with a control id (MSH-10) of its own.</summary>
internal sealed class Acknowledger(IAcknowledgementWriter writer, TimeProvider time)
{
    private long last;

    /// <summary>CA. Made of nothing that changes, so that a repeat is answered with the same bytes.</summary>
    public ReadOnlyMemory<byte> Accepted(ReadOnlyMemory<byte> message, DepositId id, DateTimeOffset receivedAt) =>
        writer.Write(message, "CA", [], receivedAt, Invariant($"{id.Value}C"));

    /// <summary>The application answer to a deposit: AA, or AE or AR for its rejection.</summary>
    public ReadOnlyMemory<byte> Decided(ReadOnlyMemory<byte> message, DepositId id, Rejection? rejection) =>
        writer.Write(
            message, rejection is null ? "AA" : CodeOf(rejection), rejection is null ? [] : [rejection], time.GetUtcNow(), Invariant($"{id.Value}A"));

    /// <summary>The answer to a message that becomes no deposit to work on: CE or CR as accept answer, AE or AR as application answer.</summary>
    public ReadOnlyMemory<byte> Refused(ReadOnlyMemory<byte> message, Rejection rejection, bool accept)
    {
        var code = CodeOf(rejection);
        return writer.Write(message, accept ? $"C{code[1]}" : code, [rejection], time.GetUtcNow(), Invariant($"{NextNumber():X}R"));
    }

    /// <summary>Whether an answer written here is an accept answer (MSA-1 CA, CE or CR).</summary>
    public static bool IsAcceptAnswer(ReadOnlySpan<byte> answer)
    {
        var document = answer.IndexOf("<MSA.1>"u8);
        if (document >= 0) return answer[(document + 7)..] is [(byte)'C', ..];
        var segment = answer.IndexOf("\rMSA"u8);
        return segment >= 0 && answer.Length > segment + 5 && answer[segment + 5] == (byte)'C';
    }

    private static string CodeOf(Rejection rejection) => RejectionTable.Of(rejection.Code).Acknowledgement;

    /// <summary>Rises over restarts too: the clock in ticks, but never the same number twice.</summary>
    private long NextNumber()
    {
        while (true)
        {
            var seen = Interlocked.Read(ref last);
            var next = Math.Max(seen + 1, time.GetUtcNow().UtcTicks);
            if (Interlocked.CompareExchange(ref last, next, seen) == seen) return next;
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
