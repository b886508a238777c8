using System.Text;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Contracts.Terminology;

namespace EHealthPlus.Tests.Routing.Fakes;

/// <summary>
/// Turns each message into one Observation for each citizen, named after the deposit, and a Patient of the source that is merged.
/// </summary>
internal sealed class PlainTranslator : IMessageTranslator, IResourceMerge
{
    /// <summary>In a message about nobody: it makes a resource about a patient all the same.</summary>
    public const string Slip = "SLIP";

    /// <summary>Called with each message text: may throw, to be a fault, or return a refusal.</summary>
    public Func<string, Rejection?> Fault { get; set; } = _ => null;

    /// <summary>Said of each message.</summary>
    public IReadOnlyList<UnmappedCode> Unmapped { get; init; } = [];

    /// <summary>Texts translated, in the order of the calls.</summary>
    public List<string> Seen { get; } = [];

    public bool IsAboutPatients(string messageCode, string triggerEvent) => messageCode != "MFN";

    public Result<Translation> Translate(ReadOnlyMemory<byte> message, TranslationContext context)
    {
        var text = Encoding.UTF8.GetString(message.Span);
        lock (Seen) Seen.Add(text);
        if (Fault(text) is { } refused) return refused;
        var control = text.Split('|')[9];
        var subjects = context.Subjects ?? [];
        return new Translation(
            default,
            [
                Resource("MessageHeader", control, WriteMode.MessageOnly, "{}"),
                Resource("Organization", "laboratory", WriteMode.CreateIfAbsent, control, aboutPatient: text.Contains(Slip, StringComparison.Ordinal)),
                .. subjects.Take(1).Select(subject => Resource("Patient", "source-patient", WriteMode.Merge, control)),
                .. subjects.Select((subject, at) =>
                    Resource("Observation", $"{context.Source.Id}-{control}{(at == 0 ? "" : "-" + (at + 1))}", WriteMode.Replace, text) with { SubjectId = subject.Id }),
            ],
            new Counts())
        {
            Unmapped = Unmapped,
        };
    }

    public TranslatedResource Merge(ReadOnlyMemory<byte> current, TranslatedResource update) =>
        update with { Mode = WriteMode.Replace, Json = Encoding.UTF8.GetBytes($"{Encoding.UTF8.GetString(current.Span)}+{Encoding.UTF8.GetString(update.Json.Span)}") };

    private static TranslatedResource Resource(string type, string id, WriteMode mode, string json, bool aboutPatient = true) =>
        new(type, id, SharingCategory.LaboratoryAndRadiologyReports, Encoding.UTF8.GetBytes(json), mode, ResourceIndex.Empty, [], aboutPatient);

    private sealed class Counts : ILedger
    {
        public int Mapped => 3;

        public int Carried => 2;

        public int Dropped => 1;

        public IEnumerable<LedgerRow> Rows() => [];
    }
}
