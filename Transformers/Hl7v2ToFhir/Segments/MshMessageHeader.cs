using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>MSH[Bundle], MSH[MessageHeader] and SFT[MessageHeader]. Comes first in each message: the header is the bundle's first entry.</summary>
public static class MshMessageHeader
{
    public static FhirNode Map(Mapping mapping)
    {
        var msh = mapping.Segments[0];
        ToBundle(mapping.Bundle, msh);
        var header = mapping.Resources.BeginShared("MessageHeader", WriteMode.MessageOnly);
        mapping.Resources.Own(header, mapping.Resources.MessageKey("MessageHeader"));
        header.Keep();

        msh[1].Drop(DropRule.EncodingCharacters);
        msh[2].Drop(DropRule.EncodingCharacters);
        msh[15].Drop(DropRule.AcknowledgementConditions);
        msh[16].Drop(DropRule.AcknowledgementConditions);
        msh[18].Drop(DropRule.CharacterSet);
        Event(header, msh[9]);
        Source(header, msh, mapping.First("SFT"));
        Destination(header, msh);
        var sender = Hd.ToOrganization(msh[4]); // MSH-4 HD[Organization]
        header.Refer("sender", sender);
        // MSH-17 CountryCode: a text in FHIR, so it stays as it was sent.
        if (sender.Exists && msh[17].First.Leaf >= 0) sender.Item("address").SetText("country", msh[17]);
        var responsible = Xon.ToOrganization(msh[22]); // MSH-22 XON[Organization]
        header.Refer("responsible", responsible);
        mapping.Sender = responsible.Exists ? responsible : sender;
        if (IsLanguage(msh[19].First.Utf8)) header.SetCode("language", msh[19].First); // MSH-19 CWE[Code]
        Meta(header, msh);
        return header;
    }

    // The official map has a table without rows for it: HL7 table 0296 names ISO 639, whose codes are FHIR's (R4 2.1.12.0.2).
    private static bool IsLanguage(ReadOnlySpan<byte> code)
    {
        foreach (var b in code)
        {
            if (!char.IsAsciiLetter((char)b) && b != (byte)'-') return false;
        }

        return code.Length is 2 or 3 or 5;
    }

    private static void ToBundle(FhirNode bundle, SegmentValue msh)
    {
        bundle.Constant("type", "message");
        var identifier = bundle.Object("identifier");
        identifier.ConstantText("system", LocalUri.Of(msh.Mapping, "MSH-10"u8));
        identifier.SetText("value", msh[10]); // MSH-10 identifier.value
        bundle.SetInstant("timestamp", msh[7]); // MSH-7 timestamp
    }

    // MSH-9 MSG[Coding]
    private static void Event(FhirNode header, Value msg)
    {
        var coding = header.Object("eventCoding");
        coding.Constant("system", "http://terminology.hl7.org/CodeSystem/v2-0003");
        if (!coding.SetCode("code", msg[2])) coding.SetCode("code", msg[1]);
        coding.SetJoined("display", "^"u8, msg[1], msg[2], msg[3]);
    }

    private static void Source(FhirNode header, SegmentValue msh, SegmentValue sft)
    {
        var source = header.Object("source").Keep();
        source.SetText("name", msh[3].First[1]); // MSH-3 HD[MessageHeader.source-name]
        var endpoint = msh[24].HasValue ? msh[24] : msh[3];
        if (!Hd.SetUri(source, "endpoint", endpoint)) // MSH-24 MSH-3 HD[MessageHeader.source-endpoint]
            source.ConstantText("endpoint", LocalUri.Of(msh.Mapping, "MSH-3"u8));
        if (!sft.Exists) return;
        source.SetText("version", sft[2]); // SFT-2 source.version
        source.SetText("software", sft[3]); // SFT-3 source.software
    }

    private static void Destination(FhirNode header, SegmentValue msh)
    {
        var receiver = msh[23].HasValue ? Xon.ToOrganization(msh[23]) : Hd.ToOrganization(msh[6]); // MSH-23 XON[Organization] MSH-6 HD[Organization]
        if (!msh[5].HasValue && !msh[25].HasValue && !receiver.Populated) return;
        var destination = header.Item("destination").Keep();
        destination.SetText("name", msh[5].First[1]); // MSH-5 HD[MessageHeader.destination-name]
        var endpoint = msh[25].HasValue ? msh[25] : msh[5];
        if (!Hd.SetUri(destination, "endpoint", endpoint)) // MSH-25 MSH-5 HD[MessageHeader.destination-endpoint]
            destination.ConstantText("endpoint", LocalUri.Of(msh.Mapping, "MSH-5"u8));
        destination.Refer("receiver", receiver);
    }

    private static void Meta(FhirNode header, SegmentValue msh)
    {
        Tag(header, msh[11].First[1], "http://terminology.hl7.org/CodeSystem/v2-0103"); // MSH-11 PT[Meta] PT.1
        Tag(header, msh[11].First[2], "http://terminology.hl7.org/CodeSystem/v2-0207"); // MSH-11 PT[Meta] PT.2
        if (msh[26].HasValue) Cwe.ToCoding(header.Object("meta").Item("security"), msh[26], TableMaps.ConfidentialityClassification); // MSH-26 CWE[Coding]
        foreach (var instruction in msh[27]) // MSH-27 CWE[Coding]
        {
            if (instruction.HasValue) Cwe.ToCoding(header.Object("meta").Item("security"), instruction, TableMaps.SecurityLabelHandlingInstructions);
        }
    }

    private static void Tag(FhirNode header, Value code, string system)
    {
        if (code.Leaf >= 0) header.Object("meta").Item("tag").Constant("system", system).SetCode("code", code);
    }
}
