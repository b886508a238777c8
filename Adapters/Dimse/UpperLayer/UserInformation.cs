namespace EHealthPlus.Adapters.Dimse.UpperLayer;

/// <summary>Who may be SCU and SCP of a SOP class, said of the requestor (PS3.7-2024 D.3.3.4).</summary>
internal sealed record RoleSelection(string SopClassUid, bool Scu, bool Scp);

/// <summary>Asynchronous operations window (PS3.7-2024 D.3.3.3), both counts said of the requestor; 0 is no limit.</summary>
internal sealed record OperationsWindow(ushort Invoked, ushort Performed);

/// <summary>SOP class extended negotiation (PS3.7-2024 D.3.3.5).</summary>
internal sealed record ExtendedNegotiation(string SopClassUid, byte[] Information);

/// <summary>SOP class common extended negotiation (PS3.7-2024 D.3.3.6): what service a SOP class belongs to.</summary>
internal sealed record CommonExtendedNegotiation(string SopClassUid, string ServiceClassUid);

/// <summary>User identity (PS3.7-2024 D.3.3.7). Its fields are not kept: the hub knows its peers by AE title and certificate.</summary>
/// <param name="Type">1 name, 2 name and passcode, 3 Kerberos, 4 SAML, 5 JSON Web Token.</param>
internal sealed record UserIdentity(byte Type, bool ResponseRequested);

/// <summary>The user information item of A-ASSOCIATE-RQ and -AC (PS3.7-2024 annex D.3).</summary>
internal sealed record UserInformation
{
    /// <summary>Longest variable field of a P-DATA-TF that this side takes; 0 is no limit. In bytes.</summary>
    public uint MaxPduLength { get; init; }

    public string ImplementationClassUid { get; init; } = "";

    public string? ImplementationVersionName { get; init; }

    public OperationsWindow? Window { get; init; }

    public IReadOnlyList<RoleSelection> Roles { get; init; } = [];

    public IReadOnlyList<ExtendedNegotiation> Extended { get; init; } = [];

    public IReadOnlyList<CommonExtendedNegotiation> CommonExtended { get; init; } = [];

    public UserIdentity? Identity { get; init; }

    /// <summary>True in an answer that confirms the user identity.</summary>
    public bool IdentityConfirmed { get; init; }
}
