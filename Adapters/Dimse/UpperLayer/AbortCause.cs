namespace EHealthPlus.Adapters.Dimse.UpperLayer;

/// <summary>Source and reason of an A-ABORT (PS3.8-2024 table 9-26), as source times 256 plus reason.</summary>
internal enum AbortCause : ushort
{
    /// <summary>The application at the other end gave it up: no reason is told.</summary>
    User = 0x0000,
    Unspecified = 0x0200,
    UnrecognizedPdu = 0x0201,
    UnexpectedPdu = 0x0202,
    UnrecognizedParameter = 0x0204,
    UnexpectedParameter = 0x0205,
    InvalidParameter = 0x0206,
}
