using System.Text;
using BenchmarkDotNet.Attributes;
using EHealthPlus.Transformers.Hl7v2.Er7;

namespace EHealthPlus.Tests.Benchmarks;

/// <summary>Reading a result, beside a bare string.Split of the same message as the floor.</summary>
public class ReadingBenchmark
{
    private readonly byte[] bytes = SampleMessages.Result;
    private readonly string text = Encoding.UTF8.GetString(SampleMessages.Result);
    private Leaf[] leaves = [];

    [Benchmark(Baseline = true, Description = "string.Split (floor)")]
    public int Split() => text.Split('|', '^', '~', '\r').Length;

    [Benchmark(Description = "read, segments and header")]
    public int Header()
    {
        var message = Er7Message.Read(bytes, "UNICODE UTF-8").Value;
        var segments = 0;
        foreach (var segment in message) segments += segment.Length;
        return segments + message.Header[10].Length;
    }

    [Benchmark(Description = "read, every leaf located")]
    public int Leaves() => Er7Message.Read(bytes, "UNICODE UTF-8").Value.ReadLeaves(ref leaves);
}
