namespace EHealthPlus.Routing.Contracts.Access;

/// <summary>Which of the console's sessions are in use. One that shows no page for <see cref="ConsoleCookie.Idle"/> is over, whoever has its cookie.</summary>
public interface IConsoleSessions
{
    /// <summary>A page is shown: the session goes on from now.</summary>
    void Used(string token);

    /// <returns>False where it was idle too long. A token that no page was shown to yet may begin.</returns>
    bool GoesOn(string token);
}
