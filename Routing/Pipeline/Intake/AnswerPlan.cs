using EHealthPlus.Routing.Contracts.Messages;

namespace EHealthPlus.Routing.Pipeline.Intake;

/// <summary>
/// Which acknowledgements a message asks for. Original mode (MSH-15 and MSH-16 empty): one application answer, always.
/// Enhanced mode: each as its field says; an empty one beside a valued one asks for none (HL7 v2.8.2 2.9.3).
/// An acknowledgement has no application answer, whatever it asks for, and an accept answer only where its MSH-15 asks for one: two systems
/// that answer each other's acknowledgements never come to an end (2.9.2, 2.9.3).
/// </summary>
internal readonly record struct AnswerPlan(bool Enhanced, AcknowledgementCondition Accept, AcknowledgementCondition Application)
{
    public static AnswerPlan Of(MessageEnvelope? envelope) =>
        envelope is { MessageCode: "ACK" or "MCF" } ? new(true, envelope.AcceptAcknowledgement, AcknowledgementCondition.Never)
        : envelope is { EnhancedMode: true }
            ? new(true, envelope.AcceptAcknowledgement, envelope.ApplicationAcknowledgement)
            : new(false, AcknowledgementCondition.Never, AcknowledgementCondition.Always);

    public bool AcceptDue(bool success) => Due(Accept, success);

    public bool ApplicationDue(bool success) => Due(Application, success);

    /// <summary>True where some outcome has an application answer.</summary>
    public bool ApplicationWanted => ApplicationDue(true) || ApplicationDue(false);

    private static bool Due(AcknowledgementCondition condition, bool success) => condition switch
    {
        AcknowledgementCondition.Always => true,
        AcknowledgementCondition.ErrorOnly => !success,
        AcknowledgementCondition.SuccessOnly => success,
        _ => false,
    };
}
