namespace EHealthPlus.Routing.Contracts.Access;

/// <summary>What in the record ties a citizen to a provider at a moment: the citizen is, was lately, or soon will be under its care.</summary>
/// <param name="Type">Encounter, Appointment, ServiceRequest: the FHIR type that it was found as.</param>
/// <param name="Day">In Hong Kong: the day of it.</param>
public sealed record CareRelation(string Type, DateOnly Day);

/// <summary>Finds care relations in the record.</summary>
public interface ICareRelations
{
    /// <summary>
    /// An encounter, appointment, referral or order of this citizen that a source of this provider deposited, and whose time is near enough.
    /// </summary>
    /// <returns>Null where there is none.</returns>
    ValueTask<CareRelation?> FindAsync(string personId, string providerId, DateTimeOffset at, CancellationToken cancellationToken);
}
