namespace EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;

/// <summary>Notes of the ledger: why a value is carried, or how a mapped one was changed.</summary>
public static class CarryReason
{
    public const string NoElement = "No FHIR element in the map";
    public const string NoDose = "998: no vaccine was given; a forecast or finding stands in its place";
    public const string NoNumber = "9999: there is no number";
    public const string CountOfDoses = "A number of doses without unit, where the dose itself is told elsewhere";
    public const string EchoInAnswer = "An answer repeats what it answers: the message answered has it";
    public const string EchoInResult = "A result repeats when it was asked for: the order has it";
    public const string DetailOfNothing = "A detail of a service that the order does not name";
    public const string NotRecorded = "999: the amount was not recorded (HL7 v2.8.2 4A.4.7.6)";
    public const string Blank = "Blank";
    public const string NotACalendarDate = "Not a calendar date";
    public const string TimeWithoutZone = "A time without zone: only its date is in the FHIR body";
    public const string TimeWithoutMinutes = "A time without minutes: only its date is in the FHIR body";
    public const string NotAnInstant = "FHIR asks for a time to the second with zone here";
    public const string ZoneOfMessage = "Zone taken from MSH-7 (HL7 v2.8.2 2.14.9.7)";
    public const string ZoneOfSource = "Zone taken from the source's setting";
    public const string SecondsFilled = "Seconds filled with zero, as FHIR asks";
    public const string NotANumber = "Not a number";
    public const string NotACode = "Not in the form of a FHIR code";
    public const string NotAnId = "Not in the form of a FHIR id";
    public const string NotAUri = "Not in the form of a URI";
    public const string NoTableRow = "No FHIR code for this value in the official table map";
    public const string NoRoom = "FHIR has one place here, and it is taken";
    public const string NotYesOrNo = "Neither Y nor N";
    public const string EventDecides = "The trigger event says otherwise, and goes before";
    public const string NullWithoutRecord = "Null where the hub deletes nothing";
    public const string MoveCancelled = "The location of a move that this event cancels";
    public const string TwoCitizens = "Linked by the sender, but the index knows two citizens: the record does not link them";
    public const string TooLong = "Longer than a FHIR string";
    public const string NoUnitOfTime = "Not a number with a unit of time";
    public const string TwoScripts = "Romanised and Chinese name told apart";
    public const string NotACharge = "A payment or an adjustment: it charges nothing";
    public const string NotBase64 = "Not in the encoding that it states";
    public const string NoResourceToAddTo = "The map file adds it to a resource that this message does not make";
}
