using System.Text.Json;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Tests.Transformers.Hl7v2;
using EHealthPlus.Transformers.Hl7v2ToFhir;

namespace EHealthPlus.Tests.Fuzz;

/// <summary>Spoiled messages of the types that are translated: a bundle that is JSON with a ledger that adds up, or a numbered reason.</summary>
public class TranslatorFuzzTests
{
    private const int Messages = 10_000;

    private readonly byte[][] corpus = [.. Corpus.Files().Select(File.ReadAllBytes).Where(IsTranslated)];
    private readonly Hl7v2Translator translator = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Every_spoiled_message_is_translated_or_refused(int batch)
    {
        Assert.NotEmpty(corpus);
        var translated = 0;
        for (var number = 0; number < Messages / 2; number++)
        {
            var seed = (batch * Messages) + number;
            var message = new Mutation(new Random(seed), corpus).Next();
            try
            {
                var result = translator.Translate(message, Context);
                if (!result.Accepted)
                {
                    Assert.NotEmpty(result.Rejection.Detail);
                    continue;
                }

                translated++;
                Check(result.Value);
            }
            catch (Exception fault)
            {
                Assert.Fail($"Seed {seed}, message {Convert.ToBase64String(message)}: {fault}");
            }
        }

        Assert.InRange(translated, Messages / 20, Messages / 2);
    }

    private static TranslationContext Context { get; } =
        new(new Source("fuzz", "fuzz", "fuzz", "", "", "UNICODE UTF-8", "+08:00"), new(1), [new("0123456789abcdef0123456789abcdef")], DateTimeOffset.UnixEpoch);

    private static void Check(Translation translation)
    {
        using var bundle = JsonDocument.Parse(translation.Bundle);
        Assert.Equal(bundle.RootElement.GetProperty("entry").GetArrayLength(), translation.Resources.Count);
        foreach (var resource in translation.Resources) using (JsonDocument.Parse(resource.Json)) { }
        var rows = translation.Ledger.Rows().CountBy(row => row.Disposition).ToDictionary();
        Assert.Equal(translation.Ledger.Mapped, rows.GetValueOrDefault(LedgerDisposition.Mapped));
        Assert.Equal(translation.Ledger.Carried, rows.GetValueOrDefault(LedgerDisposition.Carried));
        Assert.Equal(translation.Ledger.Dropped, rows.GetValueOrDefault(LedgerDisposition.Dropped));
    }

    private static bool IsTranslated(byte[] message) => new Hl7v2Translator().Translate(message, Context).Accepted;
}
