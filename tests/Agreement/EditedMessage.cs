using System.Text;

namespace EHealthPlus.Tests.Agreement;

/// <summary>A message with the usual delimiters whose fields can be set.</summary>
public sealed class EditedMessage
{
    private readonly List<string[]> segments;

    private EditedMessage(List<string[]> segments) => this.segments = segments;

    public int Count => segments.Count;

    /// <summary>Null where its delimiters are others.</summary>
    public static EditedMessage? Of(byte[] message)
    {
        var text = Encoding.UTF8.GetString(message);
        if (!text.StartsWith(@"MSH|^~\&|", StringComparison.Ordinal)) return null;
        return new EditedMessage([.. text.Split('\r', StringSplitOptions.RemoveEmptyEntries).Select(line => line.StartsWith("MSH|", StringComparison.Ordinal) ? ["MSH", "|", .. line[4..].Split('|')] : line.Split('|'))]);
    }

    public string NameOf(int segment) => segments[segment][0];

    public string Get(int segment, int field) => field < segments[segment].Length ? segments[segment][field] : "";

    /// <summary>The same message with one field changed.</summary>
    public EditedMessage With(int segment, int field, string value)
    {
        var fields = segments[segment];
        var changed = field < fields.Length ? [.. fields] : fields.Concat(Enumerable.Repeat("", field + 1 - fields.Length)).ToArray();
        changed[field] = value;
        var copy = new EditedMessage([.. segments]);
        copy.segments[segment] = changed;
        return copy;
    }

    public string Text() => string.Concat(segments.Select(fields =>
        (fields[0] == "MSH" ? $"MSH|{string.Join('|', fields[2..])}" : string.Join('|', fields)) + "\r"));
}
