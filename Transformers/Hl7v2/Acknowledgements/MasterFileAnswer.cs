using System.Globalization;
using System.Text;
using EHealthPlus.Transformers.Hl7v2.Er7;
using EHealthPlus.Transformers.Hl7v2.Writing;

namespace EHealthPlus.Transformers.Hl7v2.Acknowledgements;

/// <summary>
/// What the application answer to a master file has beside MSA: the MFI as it came, and an MFA for each record (HL7 v2.8.2 8.4 and 8.5.3).
/// The hub takes a message whole or not at all, so each record fared as the message did. MFI-6 says whether the sender wants to hear of it.
/// </summary>
internal static class MasterFileAnswer
{
    /// <param name="code">MSA-1: an accept acknowledgement is general, whatever it is for.</param>
    public static bool IsDue(ReceivedHeader header, string code) => code is "AA" or "AE" or "AR" && header.Component(9, 1) == "MFN";

    public static void Write(Er7Writer writer, ReadOnlyMemory<byte> received, bool taken, DateTimeOffset at)
    {
        // What can't be read can't be told of record by record.
        if (Er7Message.Read(received) is not { Accepted: true } read) return;
        var message = read.Value;
        var mfi = message.First("MFI");
        if (mfi.IsAbsent) return;
        writer.Segment("MFI");
        for (var field = 1; field <= 6; field++) Echo(writer, field, mfi[field].Raw);
        if (!Wanted(Encoding.ASCII.GetString(mfi[6].Raw), taken)) return;
        foreach (var segment in message)
        {
            if (!segment.Is("MFE")) continue;
            writer.Segment("MFA");
            Echo(writer, 1, segment[1].Raw);
            Echo(writer, 2, segment[2].Raw);
            writer.Field(3).Text(at.ToString("yyyyMMddHHmmsszzz", CultureInfo.InvariantCulture).Replace(":", string.Empty, StringComparison.Ordinal));
            writer.Field(4).Text(taken ? "S" : "U");
            Echo(writer, 5, segment[4].Raw);
            Echo(writer, 6, segment[5].Raw);
        }
    }

    // HL7 table 0179.
    private static bool Wanted(string level, bool taken) => level switch
    {
        "NE" => false,
        "ER" => !taken,
        "SU" => taken,
        _ => true,
    };

    // The answer may go out in another encoding than the body came in: only what is the same in all is repeated.
    private static void Echo(Er7Writer writer, int field, ReadOnlySpan<byte> raw)
    {
        if (!raw.IsEmpty && Ascii.IsValid(raw)) writer.Field(field).Raw(raw);
    }
}
