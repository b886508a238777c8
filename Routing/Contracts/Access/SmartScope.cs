using System.Security.Claims;

namespace EHealthPlus.Routing.Contracts.Access;

/// <summary>
/// One scope of a machine's token, as SMART App Launch 2.2 writes it: system/Observation.rs. Letters stand for create, read, update, delete
/// and search, in that order. Scopes of users and patients, and those narrowed by search parameters, are not given.
/// </summary>
/// <param name="ResourceType">* for every type.</param>
public sealed record SmartScope(string ResourceType, string Interactions)
{
    public const string Claim = "ehealthplus:scope";

    /// <summary>Sending files to /uploads and instances to /dicomweb: the one thing that no resource type stands for.</summary>
    public const string Upload = "ehealthplus/upload";

    private const string Letters = "cruds";

    /// <returns>Null for what is not such a scope.</returns>
    public static SmartScope? Parse(string scope)
    {
        if (!scope.StartsWith("system/", StringComparison.Ordinal)) return null;
        var dot = scope.LastIndexOf('.');
        if (dot < 0) return null;
        var (type, interactions) = (scope["system/".Length..dot], scope[(dot + 1)..]);
        var named = type is "*" || (type.Length is > 0 and <= 64 && type.All(char.IsAsciiLetter));
        return named && IsInOrder(interactions) ? new(type, interactions) : null;
    }

    /// <summary>True where all that the other allows is allowed by this one.</summary>
    public bool Covers(SmartScope other) =>
        ResourceType is "*" || string.Equals(ResourceType, other.ResourceType, StringComparison.Ordinal)
            ? other.Interactions.All(letter => Interactions.Contains(letter, StringComparison.Ordinal))
            : false;

    /// <summary>May the bearer do this to resources of the type?</summary>
    /// <param name="letter">One of c, r, u, d, s.</param>
    /// <param name="resourceType">* asks for every type.</param>
    /// <returns>True for a user whose token has no scopes: then the role alone decides.</returns>
    public static bool Allows(ClaimsPrincipal user, char letter, string resourceType)
    {
        var limited = false;
        foreach (var claim in user.FindAll(Claim))
        {
            limited = true;
            if (Parse(claim.Value) is { } scope && scope.Covers(new(resourceType, letter.ToString()))) return true;
        }

        return !limited;
    }

    public override string ToString() => $"system/{ResourceType}.{Interactions}";

    private static bool IsInOrder(string interactions)
    {
        var last = -1;
        foreach (var letter in interactions)
        {
            var place = Letters.IndexOf(letter, StringComparison.Ordinal);
            if (place <= last) return false;
            last = place;
        }

        return last >= 0;
    }
}
