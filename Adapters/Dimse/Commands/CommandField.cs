namespace EHealthPlus.Adapters.Dimse.Commands;

/// <summary>Command Field (0000,0100), PS3.7-2024 annex E. An answer has the bit 8000H set.</summary>
internal enum CommandField : ushort
{
    StoreRequest = 0x0001,
    GetRequest = 0x0010,
    FindRequest = 0x0020,
    MoveRequest = 0x0021,
    EchoRequest = 0x0030,
    CancelRequest = 0x0FFF,
    EventReportRequest = 0x0100,
    GetAttributesRequest = 0x0110,
    SetRequest = 0x0120,
    ActionRequest = 0x0130,
    CreateRequest = 0x0140,
    DeleteRequest = 0x0150,
}
