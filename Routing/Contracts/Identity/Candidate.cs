namespace EHealthPlus.Routing.Contracts.Identity;

/// <summary>The four index fields.</summary>
public enum IndexField { Document = 1, Name = 2, Sex = 3, BirthDate = 4 }

/// <summary>How a field as stated and the index compare.</summary>
public enum FieldAgreement
{
    NotStated = 1,
    Differs = 2,

    /// <summary>Such as the family name only, or day and month only.</summary>
    Partly = 3,

    /// <summary>As a slip of the pen would change it.</summary>
    Slip = 4,

    /// <summary>Another spelling or script of the same sounds.</summary>
    SoundsAlike = 5,
    Same = 6,
}

/// <param name="Weight">In bits; negative where it speaks against.</param>
public sealed record FieldComparison(IndexField Field, FieldAgreement Agreement, double Weight);

/// <summary>Somebody in the index who could be meant. A candidate is never linked but by a person.</summary>
/// <param name="Weight">Sum over the fields, in bits (Fellegi and Sunter).</param>
/// <param name="Probability">That it is the one meant, from 0 to 1, were all citizens equally likely before.</param>
public sealed record Candidate(Person Person, double Weight, double Probability, IReadOnlyList<FieldComparison> Fields);
