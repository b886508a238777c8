namespace EHealthPlus.Routing.Contracts.Access;

/// <summary>Tells who bears a token.</summary>
public interface ICredentialCheck
{
    /// <returns>Null for a token that is not known.</returns>
    AccessPrincipal? Check(string token);
}

/// <summary>The console's sign-in cookie: holds the bearer token, HttpOnly and SameSite=Strict.</summary>
public static class ConsoleCookie
{
    public const string Name = "ehealthplus-console";
}
