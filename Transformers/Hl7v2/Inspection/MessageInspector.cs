using System.Globalization;
using System.Text;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Hl7v2.Dictionary;
using EHealthPlus.Transformers.Hl7v2.Er7;

namespace EHealthPlus.Transformers.Hl7v2.Inspection;

/// <summary>
/// Shows every populated field of a message with the standard's names. A message that the hub refuses is shown as far as it can be split,
/// bytes that are not valid in its character set as escapes such as \XE9\.
/// </summary>
public sealed class MessageInspector : IMessageInspector
{
    /// <summary>More than a person looks at: what comes after is left out, and a last node says so.</summary>
    private const int MaxNodes = 50_000;

    public IReadOnlyList<MessageNode> Inspect(ReadOnlyMemory<byte> message, string defaultCharacterSet)
    {
        Er7Message read = UncheckedReading.Read(message, defaultCharacterSet);
        var inspection = new Inspection();
        var nodes = new List<MessageNode>(read.SegmentCount);
        foreach (Segment segment in read)
        {
            if (inspection.Full)
            {
                nodes.Add(new MessageNode("...", $"The message has {read.SegmentCount - segment.Index} more segments", string.Empty, default, []));
                break;
            }
            nodes.Add(inspection.Segment(segment));
        }
        return nodes;
    }

    private sealed class Inspection
    {
        private int nodes;

        public bool Full => nodes >= MaxNodes;

        public MessageNode Segment(Segment segment)
        {
            nodes++;
            string name = segment.Name;
            var fields = new List<MessageNode>();
            for (int number = 1; number <= segment.FieldCount && !Full; number++)
            {
                Field field = segment[number];
                if (field.IsAbsent) continue;
                (string dataType, string fieldName) = StandardNames.OfField(name, number);
                if (name == "OBX" && number == 5) dataType = segment.Text(2);
                string label = $"{name}-{Number(number)}";
                foreach (Element repetition in field)
                {
                    if (Full) break;
                    if (repetition.IsAbsent) continue;
                    string which = repetition.RepetitionNumber == 1 ? label : $"{label}[{Number(repetition.RepetitionNumber)}]";
                    fields.Add(Element(repetition, which, fieldName, dataType));
                }
            }
            return new MessageNode(name, StandardNames.OfSegment(name), null, segment.Message!.Location(segment.Index), fields);
        }

        /// <summary>A leaf, or an inner node with the parts that are populated.</summary>
        private MessageNode Element(Element element, string label, string name, string dataType)
        {
            nodes++;
            if (element.PartCount <= 1 && element[1].PartCount <= 1)
            {
                return new MessageNode(label, name, element.IsNull ? "\"\"" : element.Text, element.Location, []);
            }
            var parts = new List<MessageNode>();
            foreach (Element part in element)
            {
                if (Full) break;
                if (part.IsAbsent) continue;
                (string partType, string partName) = StandardNames.OfComponent(dataType, part.SubcomponentNumber > 0 ? part.SubcomponentNumber : part.ComponentNumber);
                parts.Add(Element(part, $"{label}.{Number(part.SubcomponentNumber > 0 ? part.SubcomponentNumber : part.ComponentNumber)}", partName, partType));
            }
            return new MessageNode(label, name, null, element.Location, parts);
        }

        private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
    }
}
