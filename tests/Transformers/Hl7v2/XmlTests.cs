using System.Text;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Hl7v2.Acknowledgements;
using EHealthPlus.Transformers.Hl7v2.CharacterSets;
using EHealthPlus.Transformers.Hl7v2.Er7;
using EHealthPlus.Transformers.Hl7v2.Reading;
using EHealthPlus.Transformers.Hl7v2.Xml;

namespace EHealthPlus.Tests.Transformers.Hl7v2;

/// <summary>HL7 v2 XML: read to the same leaves as ER7, refused where it is not safe or not v2, answered in v2 XML.</summary>
public class XmlTests
{
    private const string Msh = """
        <MSH><MSH.1>|</MSH.1><MSH.2>^~\&amp;</MSH.2><MSH.3><HD.1>LAB</HD.1></MSH.3><MSH.4><HD.1>HOSP</HD.1></MSH.4><MSH.5><HD.1>EHP</HD.1></MSH.5><MSH.6><HD.1>HUB</HD.1></MSH.6>
        <MSH.7><TS.1>20261120080000+0800</TS.1></MSH.7><MSH.9><MSG.1>ORU</MSG.1><MSG.2>R01</MSG.2><MSG.3>ORU_R01</MSG.3></MSH.9><MSH.10>X1</MSH.10><MSH.11><PT.1>P</PT.1></MSH.11><MSH.12><VID.1>2.5.1</VID.1></MSH.12></MSH>
        """;

    [Theory]
    [MemberData(nameof(Corpus.Names), MemberType = typeof(Corpus))]
    public void Each_leaf_of_a_message_survives_the_way_to_xml_and_back(string name)
    {
        Er7Message before = Messages.Read(Corpus.Bytes(name));

        byte[] document = Er7ToXml.Write(before);
        Er7Message after = Messages.Read(document);

        Assert.Equal(LeavesOf(before), LeavesOf(after));
        Assert.Equal(document, after.Original.ToArray());
    }

    [Fact]
    public void Groups_components_subcomponents_and_repetitions_stand_where_er7_has_them()
    {
        Er7Message message = Messages.Read(Document("""
            <ORU_R01.PATIENT_RESULT><ORU_R01.PATIENT>
              <PID>
                <PID.3><CX.1>A1234563</CX.1><CX.4><HD.1>HKID</HD.1><HD.2>2.16.344</HD.2></CX.4></PID.3><PID.3/>
                <PID.3>
                  <CX.1>77</CX.1>
                </PID.3>
                <PID.5><XPN.1><FN.1>TESTPATIENT</FN.1></XPN.1><XPN.2>樣本</XPN.2><XPN.10><DR.1><TS.1>1980</TS.1></DR.1></XPN.10></PID.5>
                <PID.8>F</PID.8>
              </PID></ORU_R01.PATIENT></ORU_R01.PATIENT_RESULT>
            """));

        Assert.Equal("PID|||A1234563^^^HKID&2.16.344~~77||TESTPATIENT^樣本^^^^^^^^1980|||F", Encoding.UTF8.GetString(message.SegmentAt(1).Raw));
    }

    [Fact]
    public void Text_is_escaped_and_formatting_commands_become_escape_sequences()
    {
        Er7Message message = Messages.Read(Document("""<OBX><OBX.2>FT</OBX.2><OBX.5>A|B^C &amp; D\E<escape V=".br"/>bold: <escape V="H"/>x<escape V="N"></escape><![CDATA[<&>]]></OBX.5><OBX.6> </OBX.6></OBX>"""));

        Segment obx = message.SegmentAt(1);
        Assert.Equal(@"A\F\B\S\C \T\ D\E\E\.br\bold: \H\x\N\<\T\>", Encoding.UTF8.GetString(obx[5].Raw));
        Assert.Equal("A|B^C & D\\E\nbold: x<&>", obx.Text(5));
        Assert.Equal(" ", obx.Text(6));
    }

    [Fact]
    public void Other_delimiters_are_those_of_the_message()
    {
        Er7Message message = Messages.Read(Encoding.UTF8.GetBytes($"<ORU_R01>{Msh.Replace("<MSH.1>|</MSH.1><MSH.2>^~\\&amp;</MSH.2>", "<MSH.1>#</MSH.1><MSH.2>*~\\!</MSH.2>", StringComparison.Ordinal)}<NTE><NTE.3>a#b|c</NTE.3></NTE></ORU_R01>"));

        Assert.Equal("NTE###a\\F\\b|c", Encoding.UTF8.GetString(message.SegmentAt(1).Raw));
    }

    [Theory]
    [InlineData("UTF-8", "UTF-8")]
    [InlineData("big5", "BIG-5")]
    [InlineData("GBK", "GB 18030-2000")]
    public void The_document_is_read_in_the_encoding_it_declares(string declared, string set)
    {
        byte[] document = CharacterSet.Find(set)!.TryEncode($"<?xml version=\"1.0\" encoding=\"{declared}\"?>\n<ORU_R01 xmlns=\"urn:hl7-org:v2xml\">{Msh}<PID><PID.5><XPN.1><FN.1>育成</FN.1></XPN.1></PID.5></PID></ORU_R01>")!;

        Assert.Equal("育成", Messages.Read(document).SegmentAt(1).Text(5));
    }

    [Fact]
    public void Utf_16_is_read_by_its_mark()
    {
        byte[] document = [0xFF, 0xFE, .. Encoding.Unicode.GetBytes($"<?xml version=\"1.0\" encoding=\"utf-16\"?><ORU_R01>{Msh}<PID><PID.5><XPN.1>育成</XPN.1></PID.5></PID></ORU_R01>")];

        Assert.Equal("育成", Messages.Read(document).SegmentAt(1).Text(5));
    }

    [Theory]
    [InlineData("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><ORU_R01>{0}<NTE><NTE.3>&x;</NTE.3></NTE></ORU_R01>", RejectionCode.XmlInvalid)]
    [InlineData("<ORU_R01>{0}<NTE><NTE.3>&unknown;</NTE.3></NTE></ORU_R01>", RejectionCode.XmlInvalid)]
    [InlineData("<ORU_R01>{0}<NTE>", RejectionCode.XmlInvalid)]
    [InlineData("<ORU_R01>{0}</ORU_R01><ORU_R01/>", RejectionCode.XmlInvalid)]
    [InlineData("<ORU_R01 xmlns='urn:hl7-org:v3'>{0}</ORU_R01>", RejectionCode.XmlInvalid)]
    [InlineData("<ORU_R01>{0}<NTE>text</NTE></ORU_R01>", RejectionCode.XmlInvalid)]
    [InlineData("<ORU_R01>{0}<NTE><NTE.3>a</NTE.3><NTE.2>b</NTE.2></NTE></ORU_R01>", RejectionCode.XmlInvalid)]
    [InlineData("<ORU_R01>{0}<NTE><PID.3>a</PID.3></NTE></ORU_R01>", RejectionCode.XmlInvalid)]
    [InlineData("<ORU_R01>{0}<NTE><NTE.0>a</NTE.0></NTE></ORU_R01>", RejectionCode.XmlInvalid)]
    [InlineData("<ORU_R01>{0}<NTE><NTE.99999999>a</NTE.99999999></NTE></ORU_R01>", RejectionCode.XmlInvalid)]
    [InlineData("<ORU_R01>{0}<PID><PID.3>a<CX.1>b</CX.1></PID.3></PID></ORU_R01>", RejectionCode.XmlInvalid)]
    [InlineData("<ORU_R01>{0}<PID><PID.3><CX.4><HD.1><X.2>b</X.2></HD.1></CX.4></PID.3></PID></ORU_R01>", RejectionCode.XmlInvalid)]
    [InlineData("<ORU_R01>{0}<NTE><NTE.3><escape V='a|b'/></NTE.3></NTE></ORU_R01>", RejectionCode.XmlInvalid)]
    [InlineData("<ORU_R01>{0}<stranger/></ORU_R01>", RejectionCode.XmlInvalid)]
    [InlineData("<html><body>no</body></html>", RejectionCode.MshMissing)]
    [InlineData("<ORU_R01/>", RejectionCode.MshMissing)]
    [InlineData("<ORU_R01><PID/></ORU_R01>", RejectionCode.MshMissing)]
    [InlineData("<ORU_R01><MSH><MSH.10>1</MSH.10></MSH></ORU_R01>", RejectionCode.MshTruncated)]
    [InlineData("<ORU_R01><MSH><MSH.1>||</MSH.1><MSH.2>^~</MSH.2></MSH></ORU_R01>", RejectionCode.DelimitersInvalid)]
    [InlineData("<?xml version='1.0' encoding='klingon'?><ORU_R01>{0}</ORU_R01>", RejectionCode.CharacterSetUnknown)]
    public void What_is_not_safe_or_not_v2_xml_is_refused(string document, RejectionCode code) =>
        Assert.Equal(code, Messages.Refused(Encoding.UTF8.GetBytes(document.Replace("{0}", Msh, StringComparison.Ordinal))).Code);

    [Fact]
    public void A_document_that_is_nested_very_deep_is_refused()
    {
        string deep = string.Concat(Enumerable.Repeat("<A.B>", 100_000));

        Assert.Equal(RejectionCode.XmlInvalid, Messages.Refused(Encoding.UTF8.GetBytes($"<ORU_R01>{Msh}{deep}")).Code);
    }

    [Fact]
    public void A_refusal_quotes_nothing_of_the_document()
    {
        Rejection refusal = Messages.Refused(Encoding.UTF8.GetBytes($"<ORU_R01>{Msh}<PID><PID.5><TESTPATIENT>x</TESTPATIENT></PID.5></ORU_R01>"));

        Assert.DoesNotContain("TESTPATIENT", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void The_reader_finds_source_patient_and_key()
    {
        var source = new Source("lab", "p", "l", "LAB", "HOSP");
        MessageReading reading = new MessageReader().Read(
            Document("<PID><PID.3><CX.1>A1234563</CX.1></PID.3><PID.5><XPN.1><FN.1>TESTPATIENT</FN.1></XPN.1></PID.5></PID>"), (application, facility) => (application, facility) == ("LAB", "HOSP") ? source : null);

        Assert.Null(reading.Rejection);
        Assert.Equal(source, reading.Source);
        Assert.Equal(("ORU^R01", "X1", "A1234563"), (reading.Envelope!.MessageType, reading.Envelope.ControlId, reading.Envelope.PatientKey));
    }

    [Fact]
    public void It_is_answered_in_xml()
    {
        byte[] answer = new AcknowledgementWriter().Write(
            Document(""), "AE", [new(RejectionCode.PersonUnknown, "No account <here>", new("PID", 1, 3))], new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero), "A1");

        string text = Encoding.UTF8.GetString(answer);
        Assert.Contains("<ACK xmlns=\"urn:hl7-org:v2xml\">", text, StringComparison.Ordinal);
        Assert.Contains("<MSA.1>AE</MSA.1>", text, StringComparison.Ordinal);
        Assert.Contains("<CWE.1>403</CWE.1>", text, StringComparison.Ordinal);
        Er7Message read = Messages.Read(answer);
        Assert.Equal(("AE", "X1", "403"), (read.First("MSA").Text(1), read.First("MSA").Text(2), read.First("ERR").Text(5)));
    }

    [Fact]
    public void A_document_that_cannot_be_read_is_answered_all_the_same()
    {
        byte[] answer = new AcknowledgementWriter().Write("<ORU_R01><MSH>"u8.ToArray(), "AR", [new(RejectionCode.XmlInvalid, "cut")], new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero), "A1");

        Assert.Equal("231", Messages.Read(answer).First("ERR").Text(5));
    }

    private static byte[] Document(string segments) => Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ORU_R01 xmlns=\"urn:hl7-org:v2xml\">{Msh}{segments}</ORU_R01>\n");

    private static List<(string, int, int, int, int, int, string)> LeavesOf(Er7Message message)
    {
        Leaf[] leaves = [];
        int count = message.ReadLeaves(ref leaves);
        return [.. leaves[..count].Select(leaf => (
            message.SegmentAt(leaf.Segment).Name, leaf.Segment, leaf.Field, leaf.Repetition, leaf.Component, leaf.Subcomponent, Encoding.UTF8.GetString(message.Resolve(leaf))))];
    }
}
