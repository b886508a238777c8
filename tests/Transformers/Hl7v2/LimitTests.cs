using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Hl7v2.Reading;

namespace EHealthPlus.Tests.Transformers.Hl7v2;

public class LimitTests
{
    private const int FiveMegabytes = 5 << 20;

    [Fact]
    public void A_field_of_5_MB_is_refused() =>
        Assert.Equal("212 FieldTooLong at NTE[1]-3", Refusal($"NTE|1||{new string('a', FiveMegabytes)}"));

    [Fact]
    public void A_document_of_5_MB_in_obx_5_is_read() =>
        Assert.Null(Refusal($"OBX|1|ED|1||^application^pdf^Base64^{new string('A', FiveMegabytes)}||||||F"));

    [Fact]
    public void The_last_field_within_the_limit_is_read()
    {
        Assert.Null(Refusal($"NTE|1||{new string('a', 1 << 20)}"));
        Assert.Equal("212 FieldTooLong at NTE[1]-3", Refusal($"NTE|1||{new string('a', (1 << 20) + 1)}"));
    }

    [Fact]
    public void A_hundred_thousand_repetitions_are_refused()
    {
        Assert.Equal("213 TooManyRepetitions at PID[1]-3", Refusal($"PID|1||{Repeated("a~", 100_000)}"));
        Assert.Null(Refusal($"PID|1||{Repeated("a~", 9_999)}a"));
        Assert.Equal("213 TooManyRepetitions at PID[1]-3", Refusal($"PID|1||{Repeated("a~", 10_000)}a"));
    }

    [Fact]
    public void Too_many_segments_are_refused()
    {
        Assert.Null(Refusal(Repeated("NTE|1\r", 19_999)));
        Assert.Equal("215 TooManySegments", Refusal(Repeated("NTE|1\r", 20_000)));
    }

    [Fact]
    public void A_segment_of_separators_is_refused() =>
        Assert.Equal("211 DataTypeInvalid at PID[1]", Refusal($"PID{Repeated("|a", 1_001)}"));

    [Fact]
    public void Limits_can_be_set()
    {
        var reader = new MessageReader(new ReadingLimits(FieldBytes: 100, Repetitions: 2));
        Rejection? rejection = reader.Read(Messages.Latin($"{Messages.Header}\rPID|1||a~b~c\r"), (_, _) => null).Rejection;
        Assert.Equal(RejectionCode.TooManyRepetitions, rejection?.Code);
    }

    private static string Repeated(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static string? Refusal(string segments)
    {
        MessageReading reading = new MessageReader().Read(Messages.Latin($"{Messages.Header}\r{segments}\r"), (_, _) => null);
        return reading.Rejection is { } rejection ? rejection.ToString().Split(':')[0] : null;
    }
}
