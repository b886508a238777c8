using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using EHealthPlus.Endpoints.Hub.Demonstration;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Registry;

namespace EHealthPlus.Endpoints.Hub.Credentials;

/// <summary>Tells who bears a token. Keeps hashes only: looking one up takes the same time for every wrong token.</summary>
public sealed class CredentialBook : ICredentialCheck
{
    private readonly FrozenDictionary<string, AccessPrincipal> byHash;

    public CredentialBook(IReadOnlyDictionary<string, string> tokensByRole)
    {
        byHash = Enum.GetValues<Role>()
            .Where(role => tokensByRole.ContainsKey(AccessPrincipal.KeyOf(role)))
            .ToFrozenDictionary(role => HashOf(tokensByRole[AccessPrincipal.KeyOf(role)]), PrincipalOf, StringComparer.Ordinal);
    }

    public AccessPrincipal? Check(string token) => byHash.GetValueOrDefault(HashOf(token));

    private static string HashOf(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static AccessPrincipal PrincipalOf(Role role) => new(
        $"demo-{AccessPrincipal.KeyOf(role)}", role,
        role == Role.Clinician ? DemonstrationRegistry.Clinic.Id : null,
        role == Role.Citizen ? DemonstrationRegistry.CitizenDocument : null,
        role == Role.Source ? DemonstrationRegistry.LaboratorySystem : null,
        Profession: role == Role.Clinician ? Profession.MedicalPractitioner : null);
}
