using EHealthPlus.Routing.Contracts.Access;

namespace EHealthPlus.Monitoring.Console.Access;

/// <summary>Where somebody of a role begins: what / leads to, and the sign-in where nothing else was asked for.</summary>
internal static class FrontPage
{
    /// <returns>Path; / for those who watch the flow, and for roles without a page.</returns>
    public static string Of(Role role) => role switch
    {
        Role.Auditor => "/audit",
        Role.Registrar => "/identities",
        Role.Citizen => "/looks",
        Role.Clinician => "/images",
        _ => "/",
    };
}
