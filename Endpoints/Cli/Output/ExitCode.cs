namespace EHealthPlus.Endpoints.Cli.Output;

/// <summary>What the command tells the shell. The numbers are part of the interface: scripts test them.</summary>
public static class ExitCode
{
    public const int Done = 0;

    /// <summary>The command ran, and something was refused, invalid or not found.</summary>
    public const int Refused = 1;

    /// <summary>The command line itself was wrong.</summary>
    public const int Usage = 2;

    /// <summary>No hub answered.</summary>
    public const int Unreachable = 3;

    /// <summary>The hub answered that this credential may not do it.</summary>
    public const int NotPermitted = 4;
}
