using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.DicomToFhir;
using EHealthPlus.Transformers.Hl7v2.Inspection;
using EHealthPlus.Transformers.Hl7v2.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir;

namespace EHealthPlus.Endpoints.Hub.Forms;

/// <summary>A deposit is an HL7 v2 message or a study manifest: its first byte says which, and who reads, translates and shows it.</summary>
internal sealed class MessagesAndStudies(Hl7v2Translator messages, StudyTranslator studies) : IMessageReader, IMessageTranslator, IMessageInspector
{
    private readonly MessageReader messageReader = new();
    private readonly MessageInspector messageInspector = new();
    private readonly StudyManifestReader studyReader = new();
    private readonly StudyManifestInspector studyInspector = new();

    public MessageReading Read(ReadOnlyMemory<byte> message, Func<string, string, Source?> findSource) =>
        StudyManifest.Is(message.Span) ? studyReader.Read(message, findSource) : messageReader.Read(message, findSource);

    public Result<Translation> Translate(ReadOnlyMemory<byte> message, TranslationContext context) =>
        StudyManifest.Is(message.Span) ? studies.Translate(message, context) : messages.Translate(message, context);

    public bool IsAboutPatients(string messageCode, string triggerEvent) =>
        messageCode == StudyManifest.MessageCode ? studies.IsAboutPatients(messageCode, triggerEvent) : messages.IsAboutPatients(messageCode, triggerEvent);

    public IReadOnlyList<MessageNode> Inspect(ReadOnlyMemory<byte> message, string defaultCharacterSet) =>
        StudyManifest.Is(message.Span) ? studyInspector.Inspect(message, defaultCharacterSet) : messageInspector.Inspect(message, defaultCharacterSet);
}
