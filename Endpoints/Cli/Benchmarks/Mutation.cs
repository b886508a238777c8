using System.Text;

namespace EHealthPlus.Endpoints.Cli.Benchmarks;

/// <summary>Spoils a message in ways that senders, networks and attackers do. The same random numbers give the same bytes.</summary>
/// <param name="corpus">Messages to spoil and to take pieces from.</param>
internal sealed class Mutation(Random random, IReadOnlyList<byte[]> corpus)
{
    private const int LargestField = 100_000;
    private const int LargestMessage = 500_000;

    private static readonly byte[][] Fragments =
    [
        [0], [0x1B, 0x24, 0x42], [0xFF], [0xC3], [0xE9, 0x99], [0x81, 0x30], [0xA5, 0x5C], [0xEF, 0xBB, 0xBF], [0x1C, 0x0D], [0x0B],
        .. new[]
        {
            "|", "^", "~", "\\", "&", "\r", "\n", "\r\n", "\"\"", "\\F", "\\X4", "\\X0D0A\\", "\\.sp999\\", "\\E\\", "MSH|^~\\&|", "\rZZZ|", "OBX|1|ED|",
            "UNICODE UTF-8", "BIG-5", "GB 18030-2000", "~ISO IR87", "8859/1", "2.1", "2.9", "99991399", "|||||||||||||||||||||||||||||||||",
            "\\X\\E\\41\\", "\\F\\S\\T\\R\\E\\", "\\C2842\\\\M247842\\", "\\Z\\Z\\Z", "\\H\\\\N\\\\.br\\\\.in+3\\",
        }.Select(Encoding.ASCII.GetBytes),
    ];

    private static readonly string[] CharacterSets = ["ASCII", "8859/1", "8859/15", "UNICODE UTF-8", "UNICODE UTF-16", "BIG-5", "GB 18030-2000", "ISO IR87", "KS X 1001", "NOSUCH", "~UNICODE UTF-8"];

    private static readonly string[] Versions = ["2.1", "2.2", "2.3", "2.3.1", "2.4", "2.5", "2.5.1", "2.6", "2.7", "2.8", "2.8.2", "2.9", "3", "", "2.5.1^CHN"];

    private static readonly string[] Types =
        ["ADT^A01", "ADT^A40", "ORU^R01", "ORM^O01", "OML^O21", "RDE^O11", "SIU^S12", "MDM^T02", "VXU^V04", "REF^I12", "BAR^P01", "DFT^P03", "MFN^M02", "OUL^R22", "PPR^PC1", "ADT", "ORU", "^", "ACK"];

    public byte[] Next()
    {
        var bytes = new List<byte>(corpus[random.Next(corpus.Count)]);
        for (int times = random.Next(1, 6); times > 0; times--)
        {
            if (random.Next(2) == 0) SpoilBytes(bytes);
            else SpoilSegments(bytes);
        }
        // A message larger than the hub's limit never comes so far.
        if (bytes.Count > LargestMessage) bytes.RemoveRange(LargestMessage, bytes.Count - LargestMessage);
        return [.. bytes];
    }

    private void SpoilBytes(List<byte> bytes)
    {
        // Half of the changes hit the header, where most decisions are made.
        int at = random.Next(random.Next(2) == 0 ? Math.Min(bytes.Count, 160) + 1 : bytes.Count + 1);
        int length = Math.Min(random.Next(1, 40), bytes.Count - at);
        switch (random.Next(9))
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
            case 6:
                if (at < bytes.Count) bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            default:
                bytes.InsertRange(at, Fragments[random.Next(Fragments.Length)]);
                break;
        }
    }

    private void SpoilSegments(List<byte> bytes)
    {
        var lines = Lines([.. bytes]);
        if (lines.Count == 0) return;
        int one = random.Next(lines.Count), two = random.Next(lines.Count);
        switch (random.Next(8))
        {
            case 0:
                lines.InsertRange(one, Enumerable.Repeat(lines[two], random.Next(1, 40)));
                break;
            case 1:
                (lines[one], lines[two]) = (lines[two], lines[one]);
                break;
            case 2:
                var others = Lines(corpus[random.Next(corpus.Count)]);
                lines.Insert(one, others[random.Next(others.Count)]);
                break;
            case 3:
                // From an array: joined as they come, 200 long fields would leave 64 MB behind in the pool of the runtime.
                SetField(lines, one, random.Next(1, 30), field => string.Join('~', (string[])[.. Enumerable.Repeat(field, random.Next(2, 200))]));
                break;
            case 4:
                SetField(lines, one, random.Next(1, 30), field => string.Concat((string[])[.. Enumerable.Repeat(field.Length == 0 ? "x" : field, random.Next(1, 1 + (LargestField / Math.Max(1, field.Length))))]));
                break;
            case 5:
                SetField(lines, 0, 17, _ => CharacterSets[random.Next(CharacterSets.Length)]);
                break;
            case 6:
                SetField(lines, 0, 11, _ => Versions[random.Next(Versions.Length)]);
                break;
            default:
                SetField(lines, 0, 8, _ => Types[random.Next(Types.Length)]);
                break;
        }

        bytes.Clear();
        foreach (string line in lines) bytes.AddRange([.. Encoding.Latin1.GetBytes(line), (byte)'\r']);
    }

    /// <summary>One byte one letter, whatever the message's character set is.</summary>
    private static List<string> Lines(byte[] message) => [.. Encoding.Latin1.GetString(message).Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries)];

    private static void SetField(List<string> lines, int line, int place, Func<string, string> change)
    {
        var fields = lines[line].Split('|').ToList();
        while (fields.Count <= place) fields.Add("");
        fields[place] = change(fields[place]);
        lines[line] = string.Join('|', fields);
    }
}
