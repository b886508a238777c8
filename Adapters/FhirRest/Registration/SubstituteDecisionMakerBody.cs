using System.Collections.Frozen;
using EHealthPlus.Adapters.FhirRest.Reading;
using EHealthPlus.Adapters.FhirRest.Search;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Adapters.FhirRest.Registration;

/// <summary>A substitute decision maker as somebody wants to register one.</summary>
/// <param name="DocumentNumber">Of the one who will act: an eHealth account of its own.</param>
/// <param name="FamilyName">Must agree with that account: a mistyped number must not give a stranger a record to read.</param>
internal sealed record SubstituteDecisionMakerBody(
    string? PatientReference, string? PatientDocument, string DocumentNumber, string FamilyName, string Relationship, SubstitutionGround Ground)
{
    private static readonly FrozenSet<string> Relationships = ["MTH", "FTH", "PRN", "GUARD", "SPS", "CHILD", "SIB", "FAMMEMB"];

    /// <returns>Null where faults were noted.</returns>
    public static SubstituteDecisionMakerBody? Read(BodyElement related)
    {
        related.AllowOnly("resourceType", "id", "meta", "language", "text", "identifier", "active", "patient", "relationship", "name");
        var (reference, document) = ConsentBody.ReadPatient(related);
        var numbers = related.List("identifier", required: true)
            .Where(identifier => identifier.Text("system") == FhirSystems.HongKongIdentityCard).Select(identifier => identifier.Text("value", required: true)).ToList();
        if (numbers is not [{ } number])
        {
            related.FaultAt("identifier", $"Exactly one with system {FhirSystems.HongKongIdentityCard}");
            number = "";
        }

        var names = related.List("name", required: true).Select(name => name.Text("family", required: true)).ToList();
        if (names.Count > 1) related.FaultAt("name", "One, as on the identity card");
        var relationships = related.List("relationship", required: true);
        var role = relationships.Select(concept => concept.CodeOf(SubstituteDecisionMakerResource.RoleCode)).OfType<string>().FirstOrDefault();
        if (role is null || !Relationships.Contains(role)) related.FaultAt("relationship", $"A code of {SubstituteDecisionMakerResource.RoleCode}: {string.Join(", ", Relationships.Order())}");
        var ground = relationships.Select(concept => concept.CodeOf(FhirSystems.SubstitutionGround)).OfType<string>().FirstOrDefault() switch
        {
            "minor" => SubstitutionGround.Minor,
            "lacking-capacity" => SubstitutionGround.LackingCapacity,
            _ => (SubstitutionGround?)null,
        };
        if (ground is null) related.FaultAt("relationship", $"The ground, a code of {FhirSystems.SubstitutionGround}: minor or lacking-capacity");
        return (reference ?? document) is null || names is not [{ } family, ..] || role is null || ground is null
            ? null
            : new(reference, document, IdentityCardNumber.Normalise(number), family, role, ground.Value);
    }
}
