namespace EHealthPlus.Adapters.Dimse.User;

/// <summary>
/// Storage SOP classes of what hospitals mostly keep (PS3.4-2024 table B.5-1). Proposed where the other side does not say of which classes its
/// instances are: (0008,0016) is an optional key of C-FIND (PS3.4-2024 table C.6-3). So few that each has two contexts of an association.
/// </summary>
public static class UsualStorage
{
    private const string Root = "1.2.840.10008.5.1.4.1.1.";

    public static readonly IReadOnlyList<string> SopClassUids =
    [
        .. ((string[])
        [
            // Radiography, digital X-ray, mammography, intra-oral; CT; ultrasound; MR; secondary capture.
            "1", "1.1", "1.1.1", "1.2", "1.2.1", "1.3", "1.3.1", "2", "2.1", "2.2", "3.1", "4", "4.1", "4.2", "4.4", "6.1", "6.2", "7", "7.1", "7.2", "7.3", "7.4",
            // Waveforms, presentation states, angiography, fluoroscopy, tomosynthesis, nuclear medicine, raw data, registration, segmentation.
            "9.1.1", "9.1.2", "9.1.3", "11.1", "11.2", "12.1", "12.1.1", "12.2", "12.2.1", "13.1.1", "13.1.2", "13.1.3", "20", "66", "66.1", "66.4",
            // Visible light, ophthalmology, slides.
            "77.1.1", "77.1.1.1", "77.1.2", "77.1.4", "77.1.4.1", "77.1.5.1", "77.1.5.4", "77.1.6",
            // Reports, encapsulated documents, PET, radiotherapy.
            "88.11", "88.22", "88.33", "88.50", "88.59", "88.67", "104.1", "104.2", "128", "130", "481.1", "481.2", "481.3", "481.4", "481.5", "481.8",
        ]).Select(suffix => Root + suffix),
    ];
}
