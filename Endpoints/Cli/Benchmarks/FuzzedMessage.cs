using System.Text.Json;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Hl7v2.Acknowledgements;
using EHealthPlus.Transformers.Hl7v2.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir;

namespace EHealthPlus.Endpoints.Cli.Benchmarks;

/// <summary>What the hub does with any message, however spoiled: read it, translate it, answer it; and what must hold then.</summary>
internal sealed class FuzzedMessage
{
    private static readonly DateTimeOffset At = new(2026, 11, 20, 8, 0, 0, TimeSpan.FromHours(8));

    private readonly MessageReader reader = new();
    private readonly AcknowledgementWriter writer = new();
    private readonly Hl7v2Translator translator = new();

    private static TranslationContext Context { get; } =
        new(new Source("fuzz", "fuzz", "fuzz", "", "", "UNICODE UTF-8", "+08:00"), new(1), [new("0123456789abcdef0123456789abcdef")], DateTimeOffset.UnixEpoch);

    /// <param name="withRows">Also asks for the ledger's rows, which is a translation of its own.</param>
    /// <returns>Why it was refused, or null.</returns>
    /// <exception cref="InvalidOperationException">Something does not hold that must hold of every message.</exception>
    public Rejection? Run(byte[] message, bool withRows)
    {
        var reading = reader.Read(message, (_, _) => Context.Source);
        var translated = translator.Translate(message, Context);
        var rejection = reading.Rejection ?? (translated.Accepted ? null : translated.Rejection);
        Must(rejection is null || (RejectionTable.Of(rejection.Code).Code != 0 && rejection.Detail.Length > 0), "a refusal without number and reason");
        if (translated.Accepted) Check(translated.Value, withRows);
        var answer = writer.Write(message, rejection is null ? "AA" : "AR", rejection is null ? [] : [rejection], At, "A1").AsSpan();
        // What begins as v2 XML, if only by a spoiled byte, is answered in v2 XML.
        Must(answer.StartsWith("MSH"u8) || (answer.IndexOf("<MSH>"u8) > 0 && reading.Rejection?.Code == RejectionCode.XmlInvalid), "an answer without MSH");
        return rejection;
    }

    private static void Check(Translation translation, bool withRows)
    {
        var json = new Utf8JsonReader(translation.Bundle.Span);
        while (json.Read()) { }
        foreach (var resource in translation.Resources) Must(resource.Json.Length > 2 && resource.Id.Length > 0, "an empty resource");
        if (!withRows) return;
        var rows = translation.Ledger.Rows().CountBy(row => row.Disposition).ToDictionary();
        Must(
            rows.GetValueOrDefault(LedgerDisposition.Mapped) == translation.Ledger.Mapped && rows.GetValueOrDefault(LedgerDisposition.Carried) == translation.Ledger.Carried
                && rows.GetValueOrDefault(LedgerDisposition.Dropped) == translation.Ledger.Dropped,
            "a ledger whose rows and counts differ");
    }

    private static void Must(bool holds, string otherwise)
    {
        if (!holds) throw new InvalidOperationException($"The message gave {otherwise}");
    }
}
