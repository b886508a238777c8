using EHealthPlus.Routing.Contracts.Messages;

namespace EHealthPlus.Routing.Pipeline.Processing;

/// <summary>What the trigger events of ADT that bear an MRG say about the patient of the MRG (HL7 v2.8.2 3.3).</summary>
internal static class PatientEvents
{
    /// <summary>
    /// The prior number is another number of the patient of the PID: merges of persons and patients, a move of a whole patient (A43), and
    /// changed numbers (A46, A47).
    /// </summary>
    public static bool MergesNumbers(MessageEnvelope envelope) => envelope is
    {
        MessageCode: "ADT", TriggerEvent: "A18" or "A30" or "A34" or "A36" or "A39" or "A40" or "A43" or "A46" or "A47",
    };

    /// <summary>The person's own fields changed, or became better known.</summary>
    public static bool UpdatesPerson(MessageEnvelope envelope) => envelope is { MessageCode: "ADT", TriggerEvent: "A31" };

    /// <summary>Two PIDs are said to be one patient.</summary>
    public static bool LinksPatients(MessageEnvelope envelope) => envelope is { MessageCode: "ADT", TriggerEvent: "A24" };

    /// <summary>Two PIDs are said to be two patients.</summary>
    public static bool UnlinksPatients(MessageEnvelope envelope) => envelope is { MessageCode: "ADT", TriggerEvent: "A37" };

    /// <summary>An account (A44) or a visit (A45) moves from the patient of the MRG, who can be another citizen, to that of the PID.</summary>
    public static bool MovesBetweenPatients(MessageEnvelope envelope) => envelope is { MessageCode: "ADT", TriggerEvent: "A44" or "A45" };
}
