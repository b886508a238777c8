using System.Text;
using EHealthPlus.Routing.Contracts.Notices;

namespace EHealthPlus.Adapters.Notices.Channels;

/// <summary>
/// Writes a text file that the printing house fetches: KEY.txt, with the person's id and the address where one was given, a blank line, and
/// the text. A file that is there already is the same letter: it is written once however often it is tried.
/// </summary>
internal sealed class LetterFolder(NoticeOptions options) : IChannel
{
    public NoticeChannel Channel => NoticeChannel.Letter;

    public async Task<Delivery> SendAsync(NoticeMessage message, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(options.Letters);
            var file = Path.Combine(options.Letters, message.Key + ".txt");
            // What was fetched is moved to a folder "fetched" by the printing house; a key that is there must not come again.
            if (File.Exists(file) || File.Exists(Path.Combine(options.Letters, "fetched", message.Key + ".txt"))) return Delivery.Sent;
            var draft = file + ".new";
            await using (var stream = new FileStream(draft, FileMode.Create, FileAccess.Write))
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes($"{message.PersonId}\n{message.Address}\n\n{message.Subject}\n\n{message.Text}\n"), cancellationToken);
                stream.Flush(flushToDisk: true);
            }

            File.Move(draft, file, overwrite: true);
            return Delivery.Sent;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Delivery.Failed;
        }
    }
}
