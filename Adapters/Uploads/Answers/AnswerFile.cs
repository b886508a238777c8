using System.Globalization;
using System.Text;
using EHealthPlus.Adapters.Uploads.Batches;

namespace EHealthPlus.Adapters.Uploads.Answers;

/// <summary>
/// Writes the acknowledgements of a file as a batch of its own (HL7 v2.8.2 2.10.3.3): one BHS for each batch of the file, one FHS around all.
/// What is written is on disk when <see cref="Flush"/> returns.
/// </summary>
internal sealed class AnswerFile : IDisposable
{
    private readonly FileStream file;

    /// <param name="length">How much of it stands for what is kept as decided; the rest is written anew.</param>
    public AnswerFile(string path, long length)
    {
        file = new(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, 64 * 1024);
        file.SetLength(length);
        file.Seek(0, SeekOrigin.End);
    }

    public long Length => file.Position;

    /// <param name="received">FHS or BHS as received; empty where the file had none.</param>
    /// <param name="name">FHS or BHS.</param>
    /// <param name="controlId">FHS-11 or BHS-11 of this answer.</param>
    public void Open(string name, ReadOnlySpan<byte> received, string fileName, string controlId, DateTimeOffset at)
    {
        var separator = HeaderFields.SeparatorOf(received);
        var encoding = received.Length > 4 ? HeaderFields.Of(received, 2) : "^~\\&"u8;
        using var line = new MemoryStream();
        line.Write(Encoding.ASCII.GetBytes(name));
        line.WriteByte(separator);
        line.Write(encoding);
        Field(HeaderFields.Of(received, 5) is { Length: > 0 } receiver ? receiver : "EHEALTHPLUS"u8);
        Field(HeaderFields.Of(received, 6));
        Field(HeaderFields.Of(received, 3));
        Field(HeaderFields.Of(received, 4));
        Field(Encoding.ASCII.GetBytes(at.ToString("yyyyMMddHHmmss'+0000'", CultureInfo.InvariantCulture)));
        Field([]);
        Field(Plain(fileName, separator, encoding));
        Field([]);
        Field(Encoding.ASCII.GetBytes(controlId));
        Field(HeaderFields.Of(received, 11));
        line.WriteByte((byte)'\r');
        file.Write(line.GetBuffer().AsSpan(0, (int)line.Length));

        void Field(ReadOnlySpan<byte> value)
        {
            line.WriteByte(separator);
            line.Write(value);
        }
    }

    public void Write(ReadOnlySpan<byte> acknowledgement)
    {
        file.Write(acknowledgement);
        if (acknowledgement is [.., not ((byte)'\r' or (byte)'\n')]) file.WriteByte((byte)'\r');
    }

    /// <param name="name">BTS or FTS.</param>
    /// <param name="separator">Of the header that it closes.</param>
    public void Close(string name, byte separator, long count, string comment)
    {
        var bar = (char)separator;
        var plain = new string(comment.Select(letter => letter == bar || letter is > '~' or < ' ' ? ' ' : letter).ToArray());
        file.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{name}{bar}{count}{bar}{plain}\r")));
    }

    public void Flush() => file.Flush(flushToDisk: true);

    public void Dispose() => file.Dispose();

    /// <summary>A file name as field: what is a delimiter in it becomes an underscore.</summary>
    private static byte[] Plain(string name, byte separator, ReadOnlySpan<byte> encoding)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] < 0x20 || bytes[i] == separator || encoding.Contains(bytes[i])) bytes[i] = (byte)'_';
        }

        return bytes;
    }
}
