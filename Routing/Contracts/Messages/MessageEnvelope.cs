using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Contracts.Messages;

/// <summary>When an acknowledgement is asked for: HL7 table 0155.</summary>
public enum AcknowledgementCondition
{
    /// <summary>MSH-15 or MSH-16 is empty.</summary>
    NotStated,
    Always,
    Never,
    ErrorOnly,
    SuccessOnly,
}

/// <summary>What the hub must know of a message before it is translated: its header, and whom it is about.</summary>
/// <param name="MessageCode">MSH-9.1, such as ADT.</param>
/// <param name="TriggerEvent">MSH-9.2, such as A01.</param>
/// <param name="Structure">MSH-9.3, such as ADT_A01, or empty.</param>
/// <param name="ControlId">MSH-10: the sender's key for the message.</param>
/// <param name="Version">MSH-12.1, such as 2.5.1.</param>
/// <param name="CharacterSet">The HL7 table 0211 code in force: MSH-18, or the source's default.</param>
/// <param name="Patients">One for each PID, in message order.</param>
/// <param name="PatientKey">
/// What orders messages about one patient within one source: each identifier of each PID and MRG as stated, once, on a line of its own; empty
/// where there is none. All of them, since a source may leave one out of its next message.
/// </param>
public sealed record MessageEnvelope(
    string MessageCode, string TriggerEvent, string Structure, string ControlId, string Version, string ProcessingId,
    string SendingApplication, string SendingFacility, string ReceivingApplication, string ReceivingFacility,
    AcknowledgementCondition AcceptAcknowledgement, AcknowledgementCondition ApplicationAcknowledgement,
    string CharacterSet, IReadOnlyList<PatientAsStated> Patients, string PatientKey)
{
    /// <summary>Stands between the keys of a message that names several patients.</summary>
    public const char PatientKeySeparator = '\n';

    /// <summary>The first patient, or null.</summary>
    public PatientAsStated? Patient => Patients is [var first, ..] ? first : null;

    /// <summary>Enhanced mode where MSH-15 or MSH-16 is valued (HL7 v2.8.2 2.9.3); original mode else.</summary>
    public bool EnhancedMode =>
        AcceptAcknowledgement != AcknowledgementCondition.NotStated || ApplicationAcknowledgement != AcknowledgementCondition.NotStated;

    /// <summary>ADT^A28 and its like.</summary>
    public string MessageType => TriggerEvent.Length == 0 ? MessageCode : $"{MessageCode}^{TriggerEvent}";
}

/// <summary>A patient as one message states him: PID-3, PID-5, PID-7, PID-8, and MRG-1 of the MRG segments up to the next PID.</summary>
/// <param name="BirthDate">PID-7 as sent, HL7 DTM.</param>
/// <param name="Sex">PID-8 as sent, HL7 table 0001.</param>
/// <param name="SegmentSequence">Which PID of the message it is, from 1.</param>
public sealed record PatientAsStated(
    IReadOnlyList<StatedIdentifier> Identifiers, IReadOnlyList<StatedName> Names, string BirthDate, string Sex,
    IReadOnlyList<StatedIdentifier> PriorIdentifiers, int SegmentSequence = 1)
{
    /// <summary>PID-32 as sent, HL7 table 0445: how far the sender trusts the fields.</summary>
    public IReadOnlyList<string> Reliability { get; init; } = [];
}

/// <summary>One CX: the number, who gave it, what kind it is (HL7 table 0203).</summary>
public sealed record StatedIdentifier(string Value, string AssigningAuthority, string TypeCode, FieldLocation Location);

/// <summary>One XPN: family and given name, and how it is written (XPN.8: A alphabetic, I ideographic, P phonetic; empty where not said).</summary>
public sealed record StatedName(string Family, string Given, string Representation);
