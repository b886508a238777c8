namespace EHealthPlus.Adapters.Dimse.UpperLayer;

/// <summary>A-ASSOCIATE-RQ (PS3.8-2024 9.3.2).</summary>
internal sealed record AssociateRequest(
    ushort ProtocolVersion, string CalledAeTitle, string CallingAeTitle, string ApplicationContext, IReadOnlyList<ProposedContext> Contexts, UserInformation User);

/// <summary>A-ASSOCIATE-AC (PS3.8-2024 9.3.3). The titles stand there as they came in the request.</summary>
internal sealed record AssociateAccept(
    string CalledAeTitle, string CallingAeTitle, string ApplicationContext, IReadOnlyList<AnsweredContext> Contexts, UserInformation User);
