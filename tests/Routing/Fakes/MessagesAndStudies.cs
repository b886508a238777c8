using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.DicomToFhir;

namespace EHealthPlus.Tests.Routing.Fakes;

/// <summary>Plain messages, and study manifests as the hub reads them.</summary>
internal sealed class MessagesAndStudies(PlainMessages messages, PlainTranslator translator) : IMessageReader, IMessageTranslator
{
    private readonly StudyManifestReader manifests = new();
    private readonly StudyTranslator studies = new("https://ehealthplus.invalid/dicom-web");

    public MessageReading Read(ReadOnlyMemory<byte> message, Func<string, string, Source?> findSource) =>
        StudyManifest.Is(message.Span) ? manifests.Read(message, findSource) : messages.Read(message, findSource);

    public Result<Translation> Translate(ReadOnlyMemory<byte> message, TranslationContext context) =>
        StudyManifest.Is(message.Span) ? studies.Translate(message, context) : translator.Translate(message, context);

    public bool IsAboutPatients(string messageCode, string triggerEvent) => translator.IsAboutPatients(messageCode, triggerEvent);
}
