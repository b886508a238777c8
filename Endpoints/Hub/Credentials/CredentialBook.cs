using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using EHealthPlus.Endpoints.Hub.Demonstration;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Credentials.People;

namespace EHealthPlus.Endpoints.Hub.Credentials;

/// <summary>
/// Tells who bears a token: one of the embedded mode's, or one that a person or a machine was given. Keeps hashes only: looking one up takes
/// the same time for every wrong token.
/// </summary>
internal sealed class CredentialBook : ICredentialCheck
{
    private readonly FrozenDictionary<string, AccessPrincipal> byHash;
    private readonly ICredentialCheck given;
    private readonly Standing standing;

    /// <param name="given">Checks the tokens that are not the embedded mode's.</param>
    public CredentialBook(IReadOnlyDictionary<string, string> tokensByRole, ICredentialCheck given, Standing standing)
    {
        this.given = given;
        this.standing = standing;
        byHash = Enum.GetValues<Role>()
            .Where(role => tokensByRole.ContainsKey(AccessPrincipal.KeyOf(role)))
            .ToFrozenDictionary(role => HashOf(tokensByRole[AccessPrincipal.KeyOf(role)]), PrincipalOf, StringComparer.Ordinal);
    }

    public Result<Bearer> Check(string token)
    {
        if (byHash.GetValueOrDefault(HashOf(token)) is not { } principal) return given.Check(token);
        if (principal is not { ProfessionalId: { } professionalId, ProviderId: { } providerId }) return new Bearer(principal);
        var professional = standing.At(providerId, professionalId);
        return professional.Accepted ? new Bearer(principal with { Profession = professional.Value.Profession }) : professional.Rejection;
    }

    public AccessPrincipal? GivenTo(string token) => byHash.GetValueOrDefault(HashOf(token)) ?? given.GivenTo(token);

    internal static string HashOf(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static AccessPrincipal PrincipalOf(Role role) => new(
        $"demo-{AccessPrincipal.KeyOf(role)}", role,
        role == Role.Clinician ? DemonstrationRegistry.Clinic.Id : null,
        role == Role.Citizen ? DemonstrationRegistry.CitizenDocument : null,
        role == Role.Source ? DemonstrationRegistry.LaboratorySystem : null,
        ProfessionalId: role == Role.Clinician ? DemonstrationRegistry.Doctor.Id : null);
}
