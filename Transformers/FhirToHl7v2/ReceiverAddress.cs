namespace EHealthPlus.Transformers.FhirToHl7v2;

/// <summary>What the header of a written message says that the canonical message does not.</summary>
/// <param name="SendingApplication">MSH-3; null for that of the message it came from, as MSH-4 to MSH-6.</param>
/// <param name="ControlId">MSH-10.</param>
/// <param name="Now">MSH-7 where the message that it came from says no time.</param>
/// <param name="CharacterSet">HL7 table 0211 code: MSH-18, and how the message is encoded.</param>
public sealed record ReceiverAddress(
    string? SendingApplication, string? SendingFacility, string? ReceivingApplication, string? ReceivingFacility, string ControlId,
    DateTimeOffset Now, string CharacterSet = "UNICODE UTF-8");
