using System.Collections.Frozen;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Hl7v2.Er7;

namespace EHealthPlus.Transformers.Hl7v2.Reading;

/// <summary>What MSH must say before the message can be worked on: a version the hub reads, a message type, a control id.</summary>
internal static class HeaderCheck
{
    private static readonly FrozenSet<string> Versions = new[]
    {
        "2.1", "2.2", "2.3", "2.3.1", "2.4", "2.5", "2.5.1", "2.6", "2.7", "2.7.1", "2.8", "2.8.1", "2.8.2",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static Rejection? Find(Segment header)
    {
        if (!Versions.Contains(header.Text(12)))
        {
            return new(RejectionCode.VersionUnsupported, "MSH-12 must name a version from 2.1 to 2.8.2", At(12));
        }
        if (header.Text(9).Length == 0)
        {
            return new(RejectionCode.RequiredFieldMissing, "MSH-9 does not name a message type", At(9));
        }
        return header.Text(10).Length == 0
            ? new(RejectionCode.ControlIdMissing, "MSH-10 is needed to tell one message from another", At(10))
            : null;
    }

    /// <summary>The field may not be there: text in a script that uses the delimiters' bytes can have ended the header before it.</summary>
    private static FieldLocation At(int field) => new("MSH", 1, field);
}
