using EHealthPlus.Transformers.Dicom.Dictionary;

namespace EHealthPlus.Transformers.Dicom.Json;

internal static class VrNames
{
    private static readonly string[] Names = [.. Enum.GetValues<Vr>().Select(vr => vr.ToString())];

    public static string Of(Vr vr) => Names[(int)vr];
}
