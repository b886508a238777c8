using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Transformers.Dicom.Deidentification;

/// <summary>Whether an instance may carry identity where the profile does not reach: in its pixels, or in a document that it holds.</summary>
internal static class PixelText
{
    // Devices that write the patient's name into the picture, and pictures that were taken from somewhere else.
    private static readonly string[] Modalities = ["US", "IVUS", "SC", "OT", "DOC", "ES", "XC", "GM", "OPT", "ECG", "HC", "DG", "AU"];

    private static readonly string[] Classes =
    [
        // Secondary capture, ultrasound, encapsulated documents, voice, visible light, scanned film.
        "1.2.840.10008.5.1.4.1.1.7", "1.2.840.10008.5.1.4.1.1.6", "1.2.840.10008.5.1.4.1.1.3", "1.2.840.10008.5.1.4.1.1.104", "1.2.840.10008.5.1.4.1.1.9.4",
        "1.2.840.10008.5.1.4.1.1.77", "1.2.840.10008.5.1.4.1.1.88",
    ];

    /// <summary>What the pixels cannot answer for: a statement that nothing is burned in says nothing of these.</summary>
    private static readonly string[] Documents = ["1.2.840.10008.5.1.4.1.1.104", "1.2.840.10008.5.1.4.1.1.9.4", "1.2.840.10008.5.1.4.1.1.88"];

    /// <returns>Null where there is no sign of it.</returns>
    public static Rejection? Judge(InstanceFacts facts)
    {
        if (facts.BurnedInAnnotation == "YES") return new Rejection(RejectionCode.BurnedInAnnotation, "The instance says that its pixels show annotations that identify");
        if (facts.OverlayInPixels) return new Rejection(RejectionCode.PixelTextPossible, "An overlay stands in the bits of the pixels");
        if (facts.RecognizableVisualFeatures) return new Rejection(RejectionCode.PixelTextPossible, "The instance says that the patient can be recognized in it");
        if (Documents.Any(sopClass => Is(facts.SopClassUid, sopClass)))
        {
            return new Rejection(RejectionCode.PixelTextPossible, "It holds a document, a report or a voice, in which anything may be said");
        }
        if (facts.BurnedInAnnotation == "NO") return null;
        return Modalities.Contains(facts.Modality) || Classes.Any(sopClass => Is(facts.SopClassUid, sopClass))
            ? new Rejection(RejectionCode.PixelTextPossible, "Images of this kind often show names in their pixels, and this one does not say that it has none")
            : null;
    }

    private static bool Is(string sopClass, string family) =>
        sopClass == family || sopClass.StartsWith(family + ".", StringComparison.Ordinal);
}
