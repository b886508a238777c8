using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Hl7v2ToFhir;

namespace EHealthPlus.Tests.Golden.Messages;

/// <summary>The synthetic source that all messages here come from: its clocks run at +08:00.</summary>
public static class Hospital
{
    public static readonly Source Source = new(
        "synthetic-hospital", "synthetic-provider", "synthetic-ward", "SYNTHETIC", "HOSPITAL", DefaultCharacterSet: "UNICODE UTF-8", UtcOffset: "+08:00");

    public static readonly DateTimeOffset ReceivedAt = new(2026, 11, 21, 9, 30, 0, TimeSpan.FromHours(8));

    private static readonly Hl7v2Translator Translator = new();

    /// <summary>As outside a hub: no deposit, no index, so that every reference resolves within the bundle.</summary>
    public static Result<Translation> Translate(ReadOnlyMemory<byte> message) =>
        Translator.Translate(message, new TranslationContext(Source, DepositId: null, Subjects: null, ReceivedAt));
}
