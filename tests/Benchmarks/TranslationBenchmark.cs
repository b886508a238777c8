using System.Text;
using BenchmarkDotNet.Attributes;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Transformers.Hl7v2ToFhir;

namespace EHealthPlus.Tests.Benchmarks;

/// <summary>From the bytes of a message to the bytes of its FHIR bundle with the ledger, beside string.Split as the floor.</summary>
public class TranslationBenchmark
{
    private readonly Hl7v2Translator translator = new();
    private readonly string text = Encoding.UTF8.GetString(SampleMessages.Result);
    private readonly TranslationContext context = new(
        new Source("bench", "bench", "bench", "", "", "UNICODE UTF-8", "+08:00"), new(1), [new("0123456789abcdef0123456789abcdef")], DateTimeOffset.UnixEpoch);

    [Benchmark(Baseline = true, Description = "string.Split of the result (floor)")]
    public int Split() => text.Split('|', '^', '~', '\r').Length;

    [Benchmark(Description = "ORU^R01, 1.5 KB")]
    public int Result() => translator.Translate(SampleMessages.Result, context).Value.Bundle.Length;

    [Benchmark(Description = "ADT^A01, 2.5 KB")]
    public int Admission() => translator.Translate(SampleMessages.Admission, context).Value.Bundle.Length;
}
