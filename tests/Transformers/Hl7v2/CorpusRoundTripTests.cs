using System.Text;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Hl7v2.Dictionary;
using EHealthPlus.Transformers.Hl7v2.Er7;
using EHealthPlus.Transformers.Hl7v2.Groups;
using EHealthPlus.Transformers.Hl7v2.Inspection;
using EHealthPlus.Transformers.Hl7v2.Reading;

namespace EHealthPlus.Tests.Transformers.Hl7v2;

public class CorpusRoundTripTests
{
    [Theory]
    [MemberData(nameof(Corpus.Names), MemberType = typeof(Corpus))]
    public void What_is_split_at_every_level_joins_to_the_same_bytes(string name)
    {
        byte[] bytes = Corpus.Bytes(name);
        Er7Message message = Messages.Read(bytes);
        Assert.Equal(bytes, message.Original.ToArray());
        Assert.Equal(bytes, Joined(message));
    }

    [Theory]
    [MemberData(nameof(Corpus.Names), MemberType = typeof(Corpus))]
    public void Leaves_are_the_populated_subcomponents_and_nothing_else(string name)
    {
        Er7Message message = Messages.Read(Corpus.Bytes(name));
        Leaf[] leaves = [];
        int count = message.ReadLeaves(ref leaves);
        var walked = new List<Leaf>();
        foreach (Segment segment in message)
        {
            for (int number = 1; number <= segment.FieldCount; number++)
            {
                foreach (Element repetition in segment[number])
                foreach (Element component in repetition)
                foreach (Element part in component)
                {
                    if (part.Length == 0) continue;
                    walked.Add(new Leaf(
                        segment.Index, number, part.RepetitionNumber, part.ComponentNumber, part.SubcomponentNumber, part.Offset, part.Length));
                }
            }
        }
        Assert.Equal(walked, leaves[..count]);
    }

    [Theory]
    [MemberData(nameof(Corpus.Names), MemberType = typeof(Corpus))]
    public void Every_message_is_read_and_its_segments_have_names(string name)
    {
        byte[] bytes = Corpus.Bytes(name);
        MessageReading reading = new MessageReader().Read(bytes, (_, _) => null);
        Assert.Null(reading.Rejection);
        Assert.NotNull(reading.Envelope);

        Er7Message message = Messages.Read(bytes);
        IReadOnlyList<MessageNode> tree = new MessageInspector().Inspect(bytes, "ASCII");
        Assert.Equal(message.SegmentCount, tree.Count);
        foreach (Segment segment in message)
        {
            Assert.True(segment.Name[0] == 'Z' || StandardNames.HasSegment(segment.Name), $"{segment.Name} has no name");
        }
    }

    [Theory]
    [MemberData(nameof(Corpus.Names), MemberType = typeof(Corpus))]
    public void Grouping_keeps_every_segment_once(string name)
    {
        Er7Message message = Messages.Read(Corpus.Bytes(name));
        var indexes = new List<int>();
        Collect(SegmentGroup.Of(message), indexes);
        indexes.Sort();
        Assert.Equal(Enumerable.Range(0, message.SegmentCount), indexes);
    }

    private static void Collect(SegmentGroup group, List<int> indexes)
    {
        indexes.AddRange(group.Segments.Select(segment => segment.Index));
        foreach (SegmentGroup inner in group.Groups) Collect(inner, indexes);
    }

    /// <summary>Writes the message anew from its smallest parts.</summary>
    private static byte[] Joined(Er7Message message)
    {
        Delimiters delimiters = message.Delimiters;
        var output = new MemoryStream();
        output.Write(message.Content.Span[..message.SegmentAt(0).Offset]);
        foreach (Segment segment in message)
        {
            output.Write(Encoding.ASCII.GetBytes(segment.Name));
            for (int number = 1; number <= segment.FieldCount; number++)
            {
                // MSH-1 is the separator itself.
                if (segment.Name == "MSH" && number == 1) continue;
                output.WriteByte(delimiters.Field);
                foreach (Element repetition in segment[number])
                {
                    if (repetition.RepetitionNumber > 1) output.WriteByte(delimiters.Repetition);
                    foreach (Element component in repetition)
                    {
                        if (component.ComponentNumber > 1) output.WriteByte(delimiters.Component);
                        foreach (Element part in component)
                        {
                            if (part.SubcomponentNumber > 1) output.WriteByte(delimiters.Subcomponent);
                            output.Write(part.Raw);
                        }
                    }
                }
            }
            output.Write(segment.Terminator);
        }
        return output.ToArray();
    }
}
