namespace EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;

/// <summary>Why a value of the message is left out of the FHIR body on purpose.</summary>
public enum DropRule : byte
{
    None = 0,
    EncodingCharacters,
    SetId,
    ValueType,
    AcknowledgementConditions,
    CharacterSet,
    NullDeletes,
    SameAsOther,
    NoVisit,
    SegmentAction,
    Removed,
    NoResult,
    PlaceInDevice,
    RecordAction,
    NamesElement,
}

/// <summary>The rules in words, as the ledger shows them.</summary>
public static class DropRules
{
    public static string TextOf(DropRule rule) => rule switch
    {
        DropRule.EncodingCharacters => "Encoding characters: punctuation of this message only",
        DropRule.SetId => "Set id: counts segments; the order of the resources says the same",
        DropRule.ValueType => "Value type: the type of value[x] says the same",
        DropRule.AcknowledgementConditions => "Acknowledgement conditions: between sender and hub only",
        DropRule.CharacterSet => "Character set: the FHIR body is UTF-8",
        DropRule.NullDeletes => "Null: the element is deleted in the record",
        DropRule.SameAsOther => "Repeats what another field already said",
        DropRule.NoVisit => "No visit: the message structure asks for a PV1, and this one says only that there is none",
        DropRule.SegmentAction => "Segment action: what the record does with the element says the same",
        DropRule.Removed => "Removed: the element is taken out of the list in the record",
        DropRule.NoResult => "No result: the segment names a device, and says only that it has no result",
        DropRule.PlaceInDevice => "Place in the device: what is part of what says the same",
        DropRule.RecordAction => "Record action: add or update; how the resource is written says the same",
        DropRule.NamesElement => "Names the element that the value beside it went to",
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "Not a rule"),
    };
}
