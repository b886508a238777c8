using System.Security.Claims;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Contracts.Access;

/// <summary>What a credential lets its bearer be. The names, in lower case with hyphens, are the keys of credentials.json.</summary>
public enum Role
{
    /// <summary>Registers providers, locations, sources.</summary>
    Administrator = 1,

    /// <summary>Watches the flow and replays deposits; sees no patient data.</summary>
    Operator = 2,

    /// <summary>Sees messages in full, to mend an interface.</summary>
    IntegrationEngineer = 3,

    /// <summary>Enrols citizens and records consents.</summary>
    Registrar = 4,

    /// <summary>Reads records on behalf of a provider.</summary>
    Clinician = 5,

    /// <summary>Reads the own record, gives and revokes consent.</summary>
    Citizen = 6,

    /// <summary>Reads the audit trail.</summary>
    Auditor = 7,

    /// <summary>A sending system: uploads its own files and reads the answers to them.</summary>
    Source = 8,
}

/// <summary>Who asks.</summary>
/// <param name="ProviderId">For a clinician: on whose behalf.</param>
/// <param name="DocumentNumber">For a citizen: whose record is the own one (HKID without brackets).</param>
/// <param name="SourceId">For a source: which one.</param>
/// <param name="Origin">From where, for the audit: address and certificate.</param>
/// <param name="ProfessionalId">For a clinician: id in the registry of professionals.</param>
/// <param name="Profession">For a clinician: decides with the category what may be seen. Without one nothing may.</param>
/// <param name="Purpose">Why (purpose_of_use of IHE IUA): of the credential, or as the request states it; null takes the usual one of the role.</param>
/// <param name="ServiceLocationId">Where the bearer works, if the credential is bound to a place.</param>
/// <param name="Unattended">True for a machine: nobody judges at the moment of a read whether there is a need to know.</param>
public sealed record AccessPrincipal(
    string Name, Role Role, string? ProviderId, string? DocumentNumber, string? SourceId = null, AuditOrigin? Origin = null,
    string? ProfessionalId = null, Profession? Profession = null, PurposeOfUse? Purpose = null, string? ServiceLocationId = null,
    bool Unattended = false)
{
    public const string ProviderClaim = "ehealthplus:provider";
    public const string DocumentClaim = "ehealthplus:document";
    public const string SourceClaim = "ehealthplus:source";
    public const string AddressClaim = "ehealthplus:address";
    public const string CertificateClaim = "ehealthplus:certificate";
    public const string ProfessionalClaim = "ehealthplus:professional";

    /// <summary>Value: the key of the profession, medical-practitioner.</summary>
    public const string ProfessionClaim = "ehealthplus:profession";

    /// <summary>Value: the code of the purpose, TREAT.</summary>
    public const string PurposeClaim = "ehealthplus:purpose-of-use";

    public const string ServiceLocationClaim = "ehealthplus:service-location";
    public const string UnattendedClaim = "ehealthplus:unattended";

    /// <summary>True where the role may see messages and records in the console.</summary>
    public bool SeesPatientData => Role is Role.IntegrationEngineer;

    /// <summary>The key of a role in credentials.json: integration-engineer.</summary>
    public static string KeyOf(Role role) => role switch
    {
        Role.Administrator => "administrator",
        Role.Operator => "operator",
        Role.IntegrationEngineer => "integration-engineer",
        Role.Registrar => "registrar",
        Role.Clinician => "clinician",
        Role.Citizen => "citizen",
        Role.Auditor => "auditor",
        Role.Source => "source",
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };

    /// <summary>The principal for one request that states a purpose of use of its own.</summary>
    /// <param name="code">Value of the header; null or empty where it is absent.</param>
    /// <returns>Rejection PurposeNotPermitted for a code that is none, or another than that of the credential.</returns>
    public Result<AccessPrincipal> ForPurpose(string? code)
    {
        if (string.IsNullOrEmpty(code)) return this;
        if (PurposeCode.Find(code) is not { } stated)
        {
            return new Rejection(RejectionCode.PurposeNotPermitted, $"{PurposeCode.Header} names no code of {PurposeCode.System} that the hub knows", null, $"{PurposeCode.Header} 並非本系統認識的使用目的代碼");
        }

        return Purpose is { } bound && bound != stated
            ? new Rejection(RejectionCode.PurposeNotPermitted, "The credential is bound to another purpose of use", null, "憑證限於另一使用目的")
            : this with { Purpose = stated };
    }

    /// <returns>Null where the request carried no valid credential.</returns>
    public static AccessPrincipal? From(ClaimsPrincipal user)
    {
        if (user.Identity is not { IsAuthenticated: true, Name: { } name }) return null;
        if (!Enum.TryParse<Role>(Value(ClaimTypes.Role), out var role)) return null;
        return new(
            name, role, Value(ProviderClaim), Value(DocumentClaim), Value(SourceClaim), OriginOf(user), Value(ProfessionalClaim),
            Value(ProfessionClaim) is { } profession ? ProfessionName.Find(profession)?.Profession : null,
            Value(PurposeClaim) is { } purpose ? PurposeCode.Find(purpose) : null, Value(ServiceLocationClaim),
            user.HasClaim(claim => claim.Type == UnattendedClaim));

        string? Value(string type) => user.FindFirst(type)?.Value;
    }

    public ClaimsIdentity ToIdentity(string authenticationType)
    {
        var identity = new ClaimsIdentity(authenticationType);
        identity.AddClaim(new(ClaimTypes.Name, Name));
        identity.AddClaim(new(ClaimTypes.Role, Role.ToString()));
        if (ProviderId is not null) identity.AddClaim(new(ProviderClaim, ProviderId));
        if (DocumentNumber is not null) identity.AddClaim(new(DocumentClaim, DocumentNumber));
        if (SourceId is not null) identity.AddClaim(new(SourceClaim, SourceId));
        if (Origin?.Address is { } address) identity.AddClaim(new(AddressClaim, address));
        if (Origin?.Certificate is { } certificate) identity.AddClaim(new(CertificateClaim, certificate));
        if (ProfessionalId is not null) identity.AddClaim(new(ProfessionalClaim, ProfessionalId));
        if (Profession is { } profession) identity.AddClaim(new(ProfessionClaim, ProfessionName.Of(profession).Key));
        if (Purpose is { } purpose) identity.AddClaim(new(PurposeClaim, PurposeCode.Of(purpose)));
        if (ServiceLocationId is not null) identity.AddClaim(new(ServiceLocationClaim, ServiceLocationId));
        if (Unattended) identity.AddClaim(new(UnattendedClaim, "true"));
        return identity;
    }

    private static AuditOrigin? OriginOf(ClaimsPrincipal user) =>
        (user.FindFirst(AddressClaim)?.Value, user.FindFirst(CertificateClaim)?.Value) is var (address, certificate) && (address ?? certificate) is not null
            ? new(address, null, certificate)
            : null;
}
