using System.Text;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Hl7v2.CharacterSets;
using EHealthPlus.Transformers.Hl7v2.Er7;

namespace EHealthPlus.Tests.Transformers.Hl7v2;

/// <summary>Small synthetic messages for the tests.</summary>
internal static class Messages
{
    public const string Header = @"MSH|^~\&|LAB|HOSP|EHP|HUB|20261120080000+0800||ORU^R01^ORU_R01|C1|P|2.5.1";

    public static byte[] Latin(string text) => Encoding.Latin1.GetBytes(text);

    /// <summary>A header that states the character set, and the segments, all in that set.</summary>
    public static byte[] In(string characterSet, params string[] segments)
    {
        string text = $"{Header}||||||{characterSet}\r" + string.Concat(segments.Select(segment => segment + "\r"));
        string first = characterSet.Split('~').Last();
        return CharacterSet.Find(first)!.TryEncode(text)!;
    }

    public static Er7Message Read(string text, string defaultCharacterSet = "ASCII") => Read(Latin(text), defaultCharacterSet);

    public static Er7Message Read(byte[] bytes, string defaultCharacterSet = "ASCII") => Er7Message.Read(bytes, defaultCharacterSet).Value;

    /// <summary>A message with one further segment.</summary>
    public static Segment Segment(string segment) => Read($"{Header}\r{segment}\r").SegmentAt(1);

    public static Rejection Refused(byte[] bytes, string defaultCharacterSet = "ASCII") =>
        Er7Message.Read(bytes, defaultCharacterSet).Rejection ?? throw new InvalidOperationException("The message was read");
}
