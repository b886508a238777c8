using EHealthPlus.Adapters.Dimse.UpperLayer;

namespace EHealthPlus.Adapters.Dimse.Negotiation;

/// <summary>What the hub says of itself in associations and files (PS3.7-2024 D.3.3.2).</summary>
public static class Implementation
{
    /// <summary>Made of a UUID (PS3.5-2024 annex B.2); the same as in the files that the hub writes.</summary>
    public const string ClassUid = "2.25.152371046298130942771605921384712840613";

    /// <summary>At most 16 characters.</summary>
    public const string VersionName = "EHEALTHPLUS";

    /// <summary>PS3.7-2024 annex A.2.1.</summary>
    internal const string ApplicationContext = "1.2.840.10008.3.1.1.1";

    internal static UserInformation Information(uint maxPduLength) =>
        new() { MaxPduLength = maxPduLength, ImplementationClassUid = ClassUid, ImplementationVersionName = VersionName };
}
