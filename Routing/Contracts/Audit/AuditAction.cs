namespace EHealthPlus.Routing.Contracts.Audit;

/// <summary>The words of <see cref="AuditEntry.Action"/>.</summary>
public static class AuditAction
{
    public const string Deposit = "deposit";

    public const string Read = "read";
    public const string Search = "search";
    public const string History = "history";
    public const string Everything = "everything";

    /// <summary>Stored content that cannot be opened was met.</summary>
    public const string Damage = "damage";

    public const string RotateKeys = "rotate-keys";

    public const string SignIn = "sign-in";
    public const string SignInRefused = "sign-in-refused";
    public const string SignOut = "sign-out";

    /// <summary>The actions that show a citizen's record.</summary>
    public static readonly IReadOnlyList<string> Reads = [Read, Search, History, Everything];
}
