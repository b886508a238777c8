namespace EHealthPlus.Routing.Contracts.Identity;

/// <summary>How an index field came to be known. Stored as numbers, weakest first: a stronger one beats a weaker, never the other way round.</summary>
public enum Assurance
{
    /// <summary>Said or typed.</summary>
    Stated = 1,

    /// <summary>Read from the document by a person.</summary>
    DocumentSeen = 2,

    /// <summary>Read from the chip of the identity card by a machine.</summary>
    ChipRead = 3,
}

/// <summary>The assurance of each of the four index fields.</summary>
public readonly record struct IndexAssurance(Assurance Document, Assurance Name, Assurance Sex, Assurance BirthDate)
{
    public static IndexAssurance Of(Assurance all) => new(all, all, all, all);

    /// <summary>The stronger of both, field by field.</summary>
    public IndexAssurance Raised(IndexAssurance other) => new(
        Max(Document, other.Document), Max(Name, other.Name), Max(Sex, other.Sex), Max(BirthDate, other.BirthDate));

    private static Assurance Max(Assurance one, Assurance other) => one > other ? one : other;
}

/// <summary>The words for assurance in interfaces.</summary>
public static class AssuranceCode
{
    /// <summary>stated, document-seen, chip-read.</summary>
    public static string Of(Assurance assurance) => assurance switch
    {
        Assurance.ChipRead => "chip-read",
        Assurance.DocumentSeen => "document-seen",
        _ => "stated",
    };

    /// <returns>Null for another word.</returns>
    public static Assurance? Read(string code) => code switch
    {
        "chip-read" => Assurance.ChipRead,
        "document-seen" => Assurance.DocumentSeen,
        "stated" => Assurance.Stated,
        _ => null,
    };
}
