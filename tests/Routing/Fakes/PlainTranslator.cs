using System.Text;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Routing.Fakes;

/// <summary>Turns each message into one Observation named after the deposit, and a Patient of the source that is merged.</summary>
internal sealed class PlainTranslator : IMessageTranslator, IResourceMerge
{
    /// <summary>Called with each message text: may throw, to be a fault, or return a refusal.</summary>
    public Func<string, Rejection?> Fault { get; set; } = _ => null;

    /// <summary>Texts translated, in the order of the calls.</summary>
    public List<string> Seen { get; } = [];

    public Result<Translation> Translate(ReadOnlyMemory<byte> message, TranslationContext context)
    {
        var text = Encoding.UTF8.GetString(message.Span);
        lock (Seen) Seen.Add(text);
        if (Fault(text) is { } refused) return refused;
        var control = text.Split('|')[9];
        return new Translation(
            default,
            [
                Resource("MessageHeader", control, WriteMode.MessageOnly, "{}"),
                Resource("Patient", "source-patient", WriteMode.Merge, control),
                Resource("Organization", "laboratory", WriteMode.CreateIfAbsent, control),
                Resource("Observation", $"{context.Source.Id}-{control}", WriteMode.Replace, text),
            ],
            new Counts());
    }

    public TranslatedResource Merge(ReadOnlyMemory<byte> current, TranslatedResource update) =>
        update with { Mode = WriteMode.Replace, Json = Encoding.UTF8.GetBytes($"{Encoding.UTF8.GetString(current.Span)}+{Encoding.UTF8.GetString(update.Json.Span)}") };

    private static TranslatedResource Resource(string type, string id, WriteMode mode, string json) =>
        new(type, id, SharingCategory.LaboratoryAndRadiologyReports, Encoding.UTF8.GetBytes(json), mode, ResourceIndex.Empty, [], true);

    private sealed class Counts : ILedger
    {
        public int Mapped => 3;

        public int Carried => 2;

        public int Dropped => 1;

        public IEnumerable<LedgerRow> Rows() => [];
    }
}
