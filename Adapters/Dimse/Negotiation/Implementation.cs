using EHealthPlus.Adapters.Dimse.UpperLayer;

namespace EHealthPlus.Adapters.Dimse.Negotiation;

/// <summary>What the hub says of itself in associations and files (PS3.7-2024 D.3.3.2).</summary>
public static class Implementation
{
    /// <summary>Made from a random UUID (PS3.5-2024 annex B.2): nobody has to be asked for it.</summary>
    public const string ClassUid = "2.25.54463932101356137612866919276855601866";

    /// <summary>At most 16 characters.</summary>
    public const string VersionName = "EHEALTHPLUS_1";

    /// <summary>PS3.7-2024 annex A.2.1.</summary>
    internal const string ApplicationContext = "1.2.840.10008.3.1.1.1";

    internal static UserInformation Information(uint maxPduLength) =>
        new() { MaxPduLength = maxPduLength, ImplementationClassUid = ClassUid, ImplementationVersionName = VersionName };
}
