namespace EHealthPlus.Adapters.Dimse.UpperLayer;

/// <summary>First byte of a protocol data unit (PS3.8-2024 section 9.3).</summary>
internal enum PduType : byte
{
    AssociateRequest = 1,
    AssociateAccept = 2,
    AssociateReject = 3,
    Data = 4,
    ReleaseRequest = 5,
    ReleaseReply = 6,
    Abort = 7,
}
