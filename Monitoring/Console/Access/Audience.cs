using EHealthPlus.Routing.Contracts.Access;

namespace EHealthPlus.Monitoring.Console.Access;

/// <summary>The roles that a page or an interface is for. Every route names one: there is none without.</summary>
internal sealed class Audience(params Role[] roles)
{
    /// <summary>Everybody who works with the console; clinicians, registrars and citizens have their own pages.</summary>
    public static readonly Audience Console = new(Role.Operator, Role.IntegrationEngineer, Role.Administrator, Role.Auditor);

    /// <summary>Sees the flow and the deposits, without patient data.</summary>
    public static readonly Audience Watchers = new(Role.Operator, Role.IntegrationEngineer, Role.Administrator);

    public static readonly Audience Replayers = new(Role.Operator, Role.IntegrationEngineer);

    /// <summary>Repairing shows the message: only who may see it.</summary>
    public static readonly Audience Repairers = new(Role.IntegrationEngineer);

    /// <summary>Bring terminology maps into force.</summary>
    public static readonly Audience Mappers = new(Role.IntegrationEngineer, Role.Administrator);

    public static readonly Audience Administrators = new(Role.Administrator);

    /// <summary>Decide who is who. The only pages with index fields of citizens.</summary>
    public static readonly Audience Registrars = new(Role.Registrar);

    /// <summary>Read the audit trail, and look into the cases of the watching.</summary>
    public static readonly Audience Auditors = new(Role.Auditor);

    /// <summary>See who looked at the own record.</summary>
    public static readonly Audience Citizens = new(Role.Citizen);

    /// <summary>Look at images: the record decides on each citizen.</summary>
    public static readonly Audience ImageReaders = new(Role.Clinician, Role.Citizen);

    public bool Has(AccessPrincipal principal) => Array.IndexOf(roles, principal.Role) >= 0;
}
