namespace EHealthPlus.Adapters.Dimse.UpperLayer;

/// <summary>
/// States of an association (PS3.8-2024 table 9-10) that last while bytes come in. Sta1 and Sta4 have no connection yet; Sta3 and Sta8 are
/// decided before the next byte is read.
/// </summary>
internal enum AssociationState
{
    /// <summary>Sta2: the transport is open, the A-ASSOCIATE-RQ is awaited.</summary>
    AwaitingRequest = 2,

    /// <summary>Sta5: awaiting the answer to our A-ASSOCIATE-RQ.</summary>
    AwaitingAccept = 5,

    /// <summary>Sta6: established.</summary>
    Established = 6,

    /// <summary>Sta7: awaiting the answer to our A-RELEASE-RQ.</summary>
    AwaitingRelease = 7,

    /// <summary>Sta11: both sides asked for the release at once; as requestor we answered, and await the other answer.</summary>
    CollisionAsRequestor = 11,

    /// <summary>Sta10: both asked at once; as acceptor we await the other answer before we give ours.</summary>
    CollisionAsAcceptor = 10,

    /// <summary>Sta13: all is said; the other side closes the transport.</summary>
    AwaitingClose = 13,
}

/// <summary>What is to be done about a PDU that came in.</summary>
internal enum AssociationAction
{
    /// <summary>AE-6: look at the request, and answer it.</summary>
    Negotiate,

    /// <summary>AE-3: the association is there.</summary>
    Confirm,

    /// <summary>AE-4: it was refused.</summary>
    Refused,

    /// <summary>DT-2, AR-6: take the data.</summary>
    Deliver,

    /// <summary>AR-2 and AR-4: answer the release, and wait for the close.</summary>
    Release,

    /// <summary>AR-8: both sides asked for the release at once.</summary>
    Collide,

    /// <summary>AR-3: released; close.</summary>
    Released,

    /// <summary>AA-3: the other side gave it up; close.</summary>
    Aborted,

    /// <summary>AA-1, AA-7, AA-8: send A-ABORT, and wait for the close.</summary>
    Abort,

    /// <summary>AA-6: too late to matter.</summary>
    Ignore,

    /// <summary>AA-2: close the transport.</summary>
    Close,
}

/// <summary>The table of PS3.8-2024 section 9.2.3, as far as PDUs drive it.</summary>
internal static class AssociationTable
{
    public static AssociationAction On(AssociationState state, PduType pdu, bool requestor) => (state, pdu) switch
    {
        (AssociationState.AwaitingRequest, PduType.AssociateRequest) => AssociationAction.Negotiate,
        (AssociationState.AwaitingRequest, PduType.Abort) => AssociationAction.Close,
        (AssociationState.AwaitingAccept, PduType.AssociateAccept) => AssociationAction.Confirm,
        (AssociationState.AwaitingAccept, PduType.AssociateReject) => AssociationAction.Refused,
        (AssociationState.AwaitingClose, PduType.Abort) => AssociationAction.Close,
        (AssociationState.AwaitingClose, PduType.AssociateRequest) => AssociationAction.Abort,
        (AssociationState.AwaitingClose, _) => AssociationAction.Ignore,
        (_, PduType.Abort) => AssociationAction.Aborted,
        (AssociationState.Established or AssociationState.AwaitingRelease, PduType.Data) => AssociationAction.Deliver,
        (AssociationState.Established, PduType.ReleaseRequest) => AssociationAction.Release,
        (AssociationState.AwaitingRelease, PduType.ReleaseRequest) => AssociationAction.Collide,
        (AssociationState.AwaitingRelease or AssociationState.CollisionAsRequestor, PduType.ReleaseReply) => AssociationAction.Released,
        (AssociationState.CollisionAsAcceptor, PduType.ReleaseReply) => AssociationAction.Release,
        _ => AssociationAction.Abort,
    };
}
