namespace EHealthPlus.Endpoints.Cli.Output;

/// <summary>A terminal would obey control characters in what senders wrote: their pictures (Unicode block 2400) stand in.</summary>
internal static class ControlPictures
{
    public static string Of(string text) => text.Any(char.IsControl) ? string.Concat(text.Select(Of)) : text;

    private static char Of(char character) => !char.IsControl(character) ? character : character < ' ' ? (char)('\u2400' + character) : '\u2421';
}
