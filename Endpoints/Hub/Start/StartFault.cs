using System.Text.Json;

namespace EHealthPlus.Endpoints.Hub.Start;

/// <summary>What the person who started the hub reads where it cannot start, or ends otherwise than it was told to.</summary>
internal static class StartFault
{
    /// <summary>A line; behind it the stack trace, where it is a fault of the program and nobody can mend it by reading the line.</summary>
    public static string Said(string outcome, Exception fault)
    {
        var line = $"{outcome}: {Message(fault)}";
        return fault is FormatException or InvalidDataException or IOException or UnauthorizedAccessException ? line : $"{line} ({fault.GetType().Name})\n{fault}";
    }

    private static string Message(Exception fault) => fault switch
    {
        // hub.json: the configuration says which file, its innermost fault which line.
        InvalidDataException { InnerException: FormatException { InnerException: JsonException inner } } => $"{fault.Message} {inner.Message}",
        UnauthorizedAccessException or { InnerException: UnauthorizedAccessException } => $"{fault.Message} The hub runs as the user {Environment.UserName}, who needs that right",
        _ => fault.Message,
    };
}
