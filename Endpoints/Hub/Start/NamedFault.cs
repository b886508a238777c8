namespace EHealthPlus.Endpoints.Hub.Start;

/// <summary>Says which setting a file or folder comes from that cannot be used.</summary>
internal static class NamedFault
{
    /// <inheritdoc cref="Of{T}"/>
    public static void Of(string setting, Action act) => Of(setting, () =>
    {
        act();
        return true;
    });

    /// <exception cref="IOException">The act met one, or was denied; the message begins with the setting's name.</exception>
    public static T Of<T>(string setting, Func<T> act)
    {
        try
        {
            return act();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"{setting}: {fault.Message}", fault);
        }
    }
}
