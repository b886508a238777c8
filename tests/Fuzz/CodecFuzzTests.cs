using EHealthPlus.Endpoints.Cli.Benchmarks;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Tests.Transformers.Hl7v2;
using EHealthPlus.Transformers.Hl7v2.Acknowledgements;
using EHealthPlus.Transformers.Hl7v2.Er7;
using EHealthPlus.Transformers.Hl7v2.Groups;
using EHealthPlus.Transformers.Hl7v2.Inspection;
using EHealthPlus.Transformers.Hl7v2.Reading;

namespace EHealthPlus.Tests.Fuzz;

/// <summary>Spoiled messages: no exception, a numbered reason for each refusal, and an answer that can be read.</summary>
public class CodecFuzzTests
{
    private const int Messages = 50_000;
    private const int Batches = 4;

    private static readonly DateTimeOffset At = new(2026, 11, 20, 8, 0, 0, TimeSpan.FromHours(8));

    private readonly byte[][] corpus = [.. Corpus.Files().Select(File.ReadAllBytes)];
    private readonly MessageReader reader = new();
    private readonly AcknowledgementWriter writer = new();
    private readonly MessageInspector inspector = new();
    private Leaf[] leaves = [];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Every_spoiled_message_is_read_or_refused_and_answered(int batch)
    {
        int refused = 0;
        for (int number = 0; number < Messages / Batches; number++)
        {
            int seed = (batch * Messages) + number;
            byte[] message = new Mutation(new Random(seed), corpus).Next();
            try
            {
                if (Check(message) is not null) refused++;
            }
            catch (Exception exception)
            {
                Assert.Fail($"Seed {seed}, message {Convert.ToBase64String(message)}: {exception}");
            }
        }
        // Both ways must be gone often, or the changes are too weak or too strong to tell anything.
        Assert.InRange(refused, Messages / Batches / 10, Messages / Batches * 9 / 10);
    }

    private Rejection? Check(byte[] message)
    {
        MessageReading reading = reader.Read(message, (_, _) => null);
        if (reading.Rejection is { } rejection)
        {
            Assert.NotEqual(0, (int)RejectionTable.Of(rejection.Code).Code);
            Assert.NotEmpty(rejection.Detail);
        }
        else
        {
            Assert.NotNull(reading.Envelope);
            Walk(Er7Message.Read(message).Value);
        }
        inspector.Inspect(message, "ASCII");

        IReadOnlyList<Rejection> reasons = reading.Rejection is { } reason ? [reason] : [];
        byte[] answer = writer.Write(message, reasons.Count == 0 ? "AA" : "AR", reasons, At, "A1");
        Result<Er7Message> read = Er7Message.Read(answer, "8859/1");
        Assert.True(read.Accepted || read.Rejection.Code is RejectionCode.CharacterSetUnknown or RejectionCode.CharacterSetContradicted, read.Rejection?.ToString());
        if (read.Accepted) Assert.Equal("MSA", read.Value.SegmentAt(1).Name);
        return reading.Rejection;
    }

    /// <summary>The leaves cover every byte that is neither delimiter, name nor terminator.</summary>
    private void Walk(Er7Message message)
    {
        int count = message.ReadLeaves(ref leaves);
        int covered = 0;
        for (int i = 0; i < count; i++)
        {
            Leaf leaf = leaves[i];
            covered += leaf.Length;
            _ = message.Resolve(leaf);
            Field field = message.SegmentAt(leaf.Segment)[leaf.Field];
            if (leaf.Offset < field.Offset || leaf.Offset + leaf.Length > field.Offset + field.Length) Assert.Fail($"{leaf} stands outside its field");
        }
        Assert.Equal(Undelimited(message), covered);
        Assert.NotNull(SegmentGroup.Of(message));
    }

    private static int Undelimited(Er7Message message)
    {
        Delimiters delimiters = message.Delimiters;
        // MSH-1 and MSH-2 are values, though they look like delimiters.
        int bytes = 1 + delimiters.EncodingCharacters.Length;
        foreach (Segment segment in message)
        {
            foreach (byte value in segment.Raw[(segment.Index == 0 ? 4 + delimiters.EncodingCharacters.Length : 3)..])
            {
                if (value != delimiters.Field && value != delimiters.Component && value != delimiters.Repetition && value != delimiters.Subcomponent) bytes++;
            }
        }
        return bytes;
    }
}
