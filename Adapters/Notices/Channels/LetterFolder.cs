using System.Text;
using EHealthPlus.Routing.Contracts.Files;
using EHealthPlus.Routing.Contracts.Notices;

namespace EHealthPlus.Adapters.Notices.Channels;

/// <summary>
/// Writes a text file that the printing house fetches: KEY.txt, with the person's id and the address where one was given, a blank line, and
/// the text. A file that is there already is the same letter: it is written once however often it is tried. It lasts before the letter counts as sent.
/// </summary>
internal sealed class LetterFolder(NoticeOptions options) : IChannel
{
    public NoticeChannel Channel => NoticeChannel.Letter;

    public Task<Delivery> SendAsync(NoticeMessage message, CancellationToken cancellationToken)
    {
        try
        {
            LastingName.MakeFolder(options.Letters);
            var file = Path.Combine(options.Letters, message.Key + ".txt");
            // What was fetched is moved to a folder "fetched" by the printing house; a key that is there must not come again.
            if (File.Exists(file) || File.Exists(Path.Combine(options.Letters, "fetched", message.Key + ".txt"))) return Task.FromResult(Delivery.Sent);
            LastingFile.Write(file, Encoding.UTF8.GetBytes($"{message.PersonId}\n{message.Address}\n\n{message.Subject}\n\n{message.Text}\n"));
            return Task.FromResult(Delivery.Sent);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Task.FromResult(Delivery.Failed);
        }
    }
}
