using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Tests.Golden.Messages;
using EHealthPlus.Transformers.DicomToFhir;

namespace EHealthPlus.Tests.Golden;

/// <summary>Study manifests of the synthetic source.</summary>
internal static class StudyManifests
{
    private static readonly StudyTranslator Studies = new("https://ehealthplus.invalid/dicom-web");

    /// <summary>As outside a hub, like <see cref="Hospital.Translate"/>.</summary>
    public static Result<Translation> Translate(ReadOnlyMemory<byte> manifest) =>
        Studies.Translate(manifest, new TranslationContext(Hospital.Source, DepositId: null, Subjects: null, Hospital.ReceivedAt));
}
