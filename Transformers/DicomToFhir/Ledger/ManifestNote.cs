namespace EHealthPlus.Transformers.DicomToFhir.Ledger;

/// <summary>What the ledger says beside a value: why it is carried or dropped, or how a mapped one was changed.</summary>
internal static class ManifestNote
{
    public const string NoElement = "No FHIR element in the map";
    public const string NotADate = "Not a calendar date and time of DICOM";
    public const string WithoutZone = "A time without zone: only its date is in the FHIR body";
    public const string ZoneOfSource = "Zone taken from the source's setting";
    public const string SecondsFilled = "Seconds filled with zero, as FHIR asks";
    public const string NotANumber = "Not a number";
    public const string NoRoom = "FHIR has one place here, and it is taken";
    public const string NoCode = "No FHIR code for this value";

    public const string NoInstant = "FHIR asks for an instant here: date, time and zone";
    public const string Superseded = "A later document of this study has taken the place of this one";
    public const string BeyondNarrative = "The narrative is full: it stands in the document";

    /// <summary>A dropped one.</summary>
    public const string Counted = "Counts what the manifest lists: the list says the same";

    /// <summary>A dropped one.</summary>
    public const string CharacterSet = "Character set: the FHIR body is UTF-8";

    /// <summary>A dropped one.</summary>
    public const string TreeForm = "How the content tree is put together: the narrative is put together so";

    /// <summary>A dropped one.</summary>
    public const string SaidAbove = "Repeats what stands a level above";

    public static bool Drops(string note) => note is Counted or CharacterSet or TreeForm or SaidAbove;
}
