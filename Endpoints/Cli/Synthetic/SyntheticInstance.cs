using EHealthPlus.Adapters.Dimse.Negotiation;
using EHealthPlus.Adapters.Dimse.User;
using EHealthPlus.Transformers.Dicom.Writing;
using static EHealthPlus.Endpoints.Cli.Synthetic.SyntheticElements;

namespace EHealthPlus.Endpoints.Cli.Synthetic;

/// <summary>A generated object of a study of its own, explicit VR little endian.</summary>
/// <param name="DataSet">Without meta information.</param>
internal sealed record SyntheticInstance(InstanceKind Kind, string SopInstanceUid, byte[] DataSet)
{
    /// <summary>A chest radiograph of a phantom (Computed Radiography Image Storage, PS3.3-2024 A.2).</summary>
    public static SyntheticInstance Radiograph(Citizen citizen)
    {
        const ushort Side = 640;
        var (uid, bytes) = (SyntheticStudy.NewUid(), new MemoryStream());
        var kind = new InstanceKind("1.2.840.10008.5.1.4.1.1.1", TransferSyntax.ExplicitLittleEndian);
        Common(bytes, kind, uid, @"ORIGINAL\PRIMARY", "CR", "Chest radiograph of a phantom", citizen, () => Text(bytes, 0x00180015, "CS", "CHEST"), () =>
        {
            Text(bytes, 0x00181164, "DS", @"0.55\0.55");
            Text(bytes, 0x00185101, "CS", "PA");
        }, @"L\F");
        Short(bytes, 0x00280002, 1);
        Text(bytes, 0x00280004, "CS", "MONOCHROME2");
        Grid(bytes, Side, Side, 16, 12);
        Text(bytes, 0x00280301, "CS", "NO");
        Text(bytes, 0x00281050, "DS", "2048");
        Text(bytes, 0x00281051, "DS", "4096");
        Pixels(bytes, "OW", SyntheticPictures.Chest(Side));
        return new(kind, $"{uid}.1.1", bytes.ToArray());
    }

    /// <summary>A pulsating cavity in a sector of speckle, twelve frames (Ultrasound Multi-frame Image Storage, PS3.3-2024 A.7).</summary>
    public static SyntheticInstance Ultrasound(Citizen citizen)
    {
        const ushort Rows = 360;
        const ushort Columns = 480;
        const int Frames = 12;
        var (uid, bytes) = (SyntheticStudy.NewUid(), new MemoryStream());
        var kind = new InstanceKind("1.2.840.10008.5.1.4.1.1.3.1", TransferSyntax.ExplicitLittleEndian);
        Common(bytes, kind, uid, @"ORIGINAL\PRIMARY\ABDOMINAL", "US", "Ultrasound of a phantom", citizen, () => Text(bytes, 0x00180015, "CS", "ABDOMEN"), () => Text(bytes, 0x00181063, "DS", "80"), null);
        Short(bytes, 0x00280002, 1);
        Text(bytes, 0x00280004, "CS", "MONOCHROME2");
        Text(bytes, 0x00280008, "IS", $"{Frames}");
        Pointer(bytes, 0x00280009, 0x00181063);
        Grid(bytes, Rows, Columns, 8, 8);
        Text(bytes, 0x00280301, "CS", "NO");
        Text(bytes, 0x00282110, "CS", "00");
        Pixels(bytes, "OB", [.. Enumerable.Range(0, Frames).SelectMany(frame => SyntheticPictures.Sector(Rows, Columns, (double)frame / Frames))]);
        return new(kind, $"{uid}.1.1", bytes.ToArray());
    }


    /// <summary>Groups 0008 to 0020. What comes in group 0018 is the modality's.</summary>
    private static void Common(
        MemoryStream bytes, InstanceKind kind, string uid, string imageType, string modality, string description, Citizen citizen, Action bodyPart, Action acquisition, string? orientation)
    {
        Text(bytes, 0x00080008, "CS", imageType);
        Text(bytes, 0x00080016, "UI", kind.SopClassUid);
        Text(bytes, 0x00080018, "UI", $"{uid}.1.1");
        foreach (var tag in (uint[])[0x00080020, 0x00080021, 0x00080023]) Text(bytes, tag, "DA", "20260105");
        foreach (var tag in (uint[])[0x00080030, 0x00080031, 0x00080033]) Text(bytes, tag, "TM", modality == "CR" ? "101500" : "104500");
        Text(bytes, 0x00080050, "SH", $"DEMO-{modality}");
        Text(bytes, 0x00080060, "CS", modality);
        Text(bytes, 0x00080070, "LO", "eHealth+ demo");
        Text(bytes, 0x00080090, "PN", "");
        Text(bytes, 0x00081030, "LO", description);
        Patient(bytes, citizen);
        bodyPart();
        acquisition();
        Text(bytes, 0x0020000D, "UI", uid);
        Text(bytes, 0x0020000E, "UI", $"{uid}.1");
        Text(bytes, 0x00200010, "SH", $"DEMO-{modality}");
        Text(bytes, 0x00200011, "IS", "1");
        Text(bytes, 0x00200013, "IS", "1");
        Text(bytes, 0x00200020, "CS", orientation ?? "");
    }

    private static void Grid(MemoryStream bytes, ushort rows, ushort columns, ushort allocated, ushort stored)
    {
        Short(bytes, 0x00280010, rows);
        Short(bytes, 0x00280011, columns);
        Short(bytes, 0x00280100, allocated);
        Short(bytes, 0x00280101, stored);
        Short(bytes, 0x00280102, (ushort)(stored - 1));
        Short(bytes, 0x00280103, 0);
    }
}
