namespace EHealthPlus.Adapters.Dimse.UpperLayer;

/// <summary>Items of association PDUs (PS3.8-2024 9.3.2 and 9.3.3, PS3.7-2024 annex D.3.3).</summary>
internal static class ItemType
{
    public const byte ApplicationContext = 0x10;
    public const byte ProposedContext = 0x20;
    public const byte AnsweredContext = 0x21;
    public const byte AbstractSyntax = 0x30;
    public const byte TransferSyntax = 0x40;
    public const byte UserInformation = 0x50;
    public const byte MaxPduLength = 0x51;
    public const byte ImplementationClass = 0x52;
    public const byte OperationsWindow = 0x53;
    public const byte Role = 0x54;
    public const byte ImplementationVersion = 0x55;
    public const byte Extended = 0x56;
    public const byte CommonExtended = 0x57;
    public const byte UserIdentity = 0x58;
    public const byte UserIdentityAnswer = 0x59;
}
