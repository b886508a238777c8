namespace EHealthPlus.Tests.Fuzz;

/// <summary>Spoils a message in ways that senders, networks and attackers do. The same random numbers give the same bytes.</summary>
internal sealed class Mutation(Random random, IReadOnlyList<byte[]> corpus)
{
    private static readonly byte[][] Fragments =
    [
        [0], [0x1B, 0x24, 0x42], [0xFF], [0xC3], [0xE9, 0x99], [0x81, 0x30], [0xA5, 0x5C], [0xEF, 0xBB, 0xBF], [0x1C, 0x0D], [0x0B],
        .. new[]
        {
            "|", "^", "~", "\\", "&", "\r", "\n", "\r\n", "\"\"", "\\F", "\\X4", "\\X0D0A\\", "\\.sp999\\", "\\E\\", "MSH|^~\\&|", "\rZZZ|", "OBX|1|ED|",
            "UNICODE UTF-8", "BIG-5", "GB 18030-2000", "~ISO IR87", "8859/1", "2.1", "2.9", "99991399", "|||||||||||||||||||||||||||||||||",
        }.Select(System.Text.Encoding.ASCII.GetBytes),
    ];

    public byte[] Next()
    {
        var bytes = new List<byte>(corpus[random.Next(corpus.Count)]);
        for (int times = random.Next(1, 6); times > 0; times--) Spoil(bytes);
        return [.. bytes];
    }

    private void Spoil(List<byte> bytes)
    {
        // Half of the changes hit the header, where most decisions are made.
        int at = random.Next(random.Next(2) == 0 ? Math.Min(bytes.Count, 160) + 1 : bytes.Count + 1);
        int length = Math.Min(random.Next(1, 40), bytes.Count - at);
        switch (random.Next(8))
        {
            case 0:
                if (at < bytes.Count) bytes[at] = (byte)random.Next(256);
                break;
            case 1:
                bytes.RemoveRange(at, length);
                break;
            case 2:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 3:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 4:
                byte[] other = corpus[random.Next(corpus.Count)];
                int from = random.Next(other.Length);
                bytes.InsertRange(at, other[from..Math.Min(other.Length, from + random.Next(400))]);
                break;
            case 5:
                byte old = "|^~\\&\n"u8[random.Next(6)], changed = (byte)random.Next(0x20, 0x7F);
                for (int i = 0; i < bytes.Count; i++) bytes[i] = bytes[i] == old ? changed : bytes[i];
                break;
            default:
                bytes.InsertRange(at, Fragments[random.Next(Fragments.Length)]);
                break;
        }
    }
}
