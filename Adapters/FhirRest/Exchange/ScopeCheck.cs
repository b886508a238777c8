using System.Security.Claims;
using EHealthPlus.Adapters.FhirRest.Conformance;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.FhirRest.Exchange;

/// <summary>
/// Is a machine's token good for an interaction (SMART App Launch 2.2, Scopes)? It comes before the policy, and only ever takes away: what the
/// scopes cover, the policy still decides on.
/// </summary>
internal static class ScopeCheck
{
    /// <summary>Whatever could answer with any type, or change more than one.</summary>
    private const string Everything = "*";

    public static Rejection? Refusal(ClaimsPrincipal user, Interaction interaction, ResourceType? type)
    {
        var (letters, types) = Needed(interaction, type);
        foreach (var name in types)
        {
            foreach (var letter in letters)
            {
                if (!SmartScope.Allows(user, letter, name)) return new(RejectionCode.ScopeInsufficient, $"It takes the scope {new SmartScope(name, letters)}");
            }
        }

        return null;
    }

    // An interaction that is not named here takes everything: nothing new is open to a narrow token by accident.
    private static (string Letters, string[] Types) Needed(Interaction interaction, ResourceType? type) => (interaction, type?.Name) switch
    {
        (Interaction.Read or Interaction.Vread or Interaction.HistoryInstance, { } name) => ("r", [name]),
        (Interaction.SearchType, { } name) => ("s", [name]),
        (Interaction.Create, { } name) => ("c", [name]),
        (Interaction.Update, { } name) => ("u", [name]),
        (Interaction.Everything, _) => ("rs", [Everything]),
        // SMART gives letters to interactions and none to operations: these two find Patients by what is stated of them, and show them.
        (Interaction.Match or Interaction.Pix, _) => ("rs", ["Patient"]),
        // The enrolment of a citizen, with the joining consent.
        (Interaction.Transaction, _) => ("c", ["Patient", "Consent"]),
        _ => ("cruds", [Everything]),
    };
}
