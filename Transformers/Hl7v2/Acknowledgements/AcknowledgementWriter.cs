using System.Globalization;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Hl7v2.CharacterSets;
using EHealthPlus.Transformers.Hl7v2.Er7;
using EHealthPlus.Transformers.Hl7v2.Writing;
using EHealthPlus.Transformers.Hl7v2.Xml;

namespace EHealthPlus.Transformers.Hl7v2.Acknowledgements;

/// <summary>
/// Writes general acknowledgements (HL7 v2.8.2 2.13.1): MSH, MSA and what was wrong, in ER7 or in v2 XML as the message came. The application
/// answer to a master file is an MFK (8.4).
/// </summary>
public sealed class AcknowledgementWriter : IAcknowledgementWriter
{
    public byte[] Write(ReadOnlyMemory<byte> received, string code, IReadOnlyList<Rejection> rejections, DateTimeOffset at, string controlId)
    {
        if (!XmlText.Begins(received.Span)) return WriteEr7(received, code, rejections, at, controlId);
        // v2 XML is answered in v2 XML. A document that cannot be read is answered like a message without a header.
        Result<byte[]> content = XmlToEr7.Read(received);
        byte[] answer = WriteEr7(content.Accepted ? content.Value : [], code, rejections, at, controlId);
        Result<Er7Message> read = Er7Message.Read(answer, CharacterSet.Utf8.Code);
        return read.Accepted ? Er7ToXml.Write(read.Value) : answer;
    }

    private static byte[] WriteEr7(ReadOnlyMemory<byte> received, string code, IReadOnlyList<Rejection> rejections, DateTimeOffset at, string controlId)
    {
        var header = new ReceivedHeader(received);
        AcknowledgementVersion version = AcknowledgementVersion.Of(header.FirstComponent(12));
        var writer = new Er7Writer(header.Delimiters);
        var masterFile = MasterFileAnswer.IsDue(header, code);
        WriteHeader(writer, header, version, masterFile, at, controlId);

        writer.Segment("MSA").Field(1).Text(code).Field(2).Raw(header.Echo(10));
        // MSA-3 told the reason before ERR could; v2.4 deprecated it.
        if (!version.HasErrorLocation && rejections.Count > 0) writer.Field(3).Text(RejectionTable.Of(rejections[0].Code).English);

        if (version.HasErrorLocation) ErrorSegment.WriteEach(writer, rejections);
        else ErrorSegment.WriteTogether(writer, rejections);
        if (masterFile) MasterFileAnswer.Write(writer, received, code == "AA", at);

        if (header.CharacterSet is { } characterSet && writer.ToBytes(characterSet) is { Accepted: true } encoded) return encoded.Value;
        return writer.ToBytes();
    }

    private static void WriteHeader(Er7Writer writer, ReceivedHeader header, AcknowledgementVersion version, bool masterFile, DateTimeOffset at, string controlId)
    {
        writer.Segment("MSH")
            .Field(3).Raw(header.Echo(5))
            .Field(4).Raw(header.Echo(6))
            .Field(5).Raw(header.Echo(3))
            .Field(6).Raw(header.Echo(4))
            .Field(7).Text(at.ToString("yyyyMMddHHmmsszzz", CultureInfo.InvariantCulture).Replace(":", string.Empty, StringComparison.Ordinal))
            .Field(9).Text(masterFile ? "MFK" : "ACK");
        string triggerEvent = header.Component(9, 2);
        if (version.HasTriggerEvent && triggerEvent.Length > 0)
        {
            writer.Component(2).Text(triggerEvent);
            if (version.HasStructure) writer.Component(3).Text(masterFile ? "MFK_M01" : "ACK");
        }
        ReadOnlySpan<byte> processing = header.Echo(11);
        writer.Field(10).Text(controlId)
            .Field(11).Raw(processing.Length == 0 ? "P"u8 : processing)
            .Field(12).Text(version.Text)
            // What the answer itself is in: a set that the hub does not know it can't write.
            .Field(18).Raw(header.StatesUnknownSet ? "ASCII"u8 : header.Echo(18));
    }
}
