namespace EHealthPlus.Tests.Agreement;

/// <summary>What was found out about a row by running messages.</summary>
public enum Outcome
{
    /// <summary>Neither seen nor cited.</summary>
    NotImplemented,

    /// <summary>The code cites the row, but no message showed it.</summary>
    CitedNotSeen,

    /// <summary>What the row maps goes somewhere, but not to the row's target.</summary>
    Elsewhere,

    /// <summary>Seen at the official target.</summary>
    Implemented,
}

/// <param name="Where">FHIR paths without positions, where the value was seen elsewhere.</param>
public sealed record Finding(OfficialRow Row, Outcome Outcome, string Where);
