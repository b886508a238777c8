using EHealthPlus.Endpoints.Cli.Benchmarks;

namespace EHealthPlus.Tests.Fuzz;

/// <summary>Spoiled messages through reader, translator and answer: JSON with a ledger that adds up, or a numbered reason; none hangs.</summary>
public class TranslatorFuzzTests
{
    private const int Messages = 50_000;
    private const int Batches = 4;

    private readonly FuzzedMessage subject = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Every_spoiled_message_is_translated_or_refused(int batch)
    {
        var translated = 0;
        for (var number = 0; number < Messages / Batches; number++)
        {
            var seed = (batch * Messages) + number;
            var message = new Mutation(new Random(seed), FuzzCorpus.Messages).Next();
            try
            {
                if (subject.Run(message, withRows: number % 16 == 0) is null) translated++;
            }
            catch (Exception fault)
            {
                Assert.Fail($"Seed {seed}, message {Convert.ToBase64String(message)}: {fault}");
            }
        }

        // Both ways must be gone often, or the changes are too weak or too strong to tell anything.
        Assert.InRange(translated, Messages / Batches / 10, Messages / Batches * 9 / 10);
    }
}
