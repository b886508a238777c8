using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>XTN[ContactPoint]: extended telecommunication number (HL7 v2.8.2 2A.90).</summary>
public static class Xtn
{
    /// <param name="use">ContactPoint.use where XTN.2 says none, such as home; or null.</param>
    public static void ToContactPoint(FhirNode contact, Value xtn, string? use = null)
    {
        SetSystem(contact, xtn);
        SetUse(contact, xtn, use);
        SetValue(contact, xtn);
        if (xtn.PartCount < 5) return;
        Part(contact, xtn[5], "http://hl7.org/fhir/StructureDefinition/contactpoint-country"); // XTN.5
        Part(contact, xtn[6], "http://hl7.org/fhir/StructureDefinition/contactpoint-area"); // XTN.6
        Part(contact, xtn[7], "http://hl7.org/fhir/StructureDefinition/contactpoint-local"); // XTN.7
        Part(contact, xtn[8], "http://hl7.org/fhir/StructureDefinition/contactpoint-extension"); // XTN.8
        contact.Object("period").SetDateTime("start", xtn[13]); // XTN.13
        contact.Object("period").SetDateTime("end", xtn[14]); // XTN.14
        contact.SetPositiveInteger("rank", xtn[18]); // XTN.18
    }

    /// <summary>Adds a contact point for each repetition.</summary>
    public static void AddContacts(this FhirNode node, string name, FieldValue field, string? use = null)
    {
        foreach (var xtn in field)
        {
            if (xtn.HasValue) ToContactPoint(node.Item(name), xtn, use);
        }
    }

    private static void SetSystem(FhirNode contact, Value xtn)
    {
        // XTN.3. The official map says "mobile" for CP, which is a use and no system: a mobile phone is a phone.
        var equipment = xtn[3];
        if (equipment.Is("CP"u8)) contact.Set("system", "phone", equipment.Leaf);
        else if (contact.SetMapped("system", equipment, TableMaps.TelecommunicationEquipmentType)) return;
        else if (xtn[2].Is("NET"u8) || (xtn[4].Leaf >= 0 && xtn[1].Leaf < 0)) contact.Constant("system", "email");
        // R4 cpt-2: a value needs a system. Before v2.7 senders rarely gave XTN.3, and a bare number is a telephone's.
        else contact.Constant("system", xtn[1].Utf8.Contains((byte)'@') ? "email" : "phone");
    }

    private static void SetUse(FhirNode contact, Value xtn, string? use)
    {
        if (xtn[2].Leaf >= 0 && !xtn[2].Is("NET"u8)) contact.SetMapped("use", xtn[2], TableMaps.TelecommunicationUseCode); // XTN.2
        else if (xtn[2].Leaf >= 0 && xtn[3].Leaf < 0 && xtn[4].Leaf >= 0 && xtn[1].Leaf < 0) xtn[2].Drop(DropRule.SameAsOther);
        else if (xtn[2].Leaf >= 0) contact.AlsoFrom("system", xtn[2].Leaf);
        else if (xtn[3].Is("CP"u8)) contact.Constant("use", "mobile");
        else if (use is not null) contact.Constant("use", use);
    }

    private static void SetValue(FhirNode contact, Value xtn)
    {
        var electronic = xtn[3].IsOneOf("Internet"u8, "X.400"u8) || xtn[2].Is("NET"u8);
        if (electronic && contact.SetText("value", xtn[4])) return; // XTN.4
        if (contact.SetText("value", xtn[12]) || contact.SetText("value", xtn[1])) // XTN.12 XTN.1
        {
            if (xtn[12].Leaf >= 0) xtn[1].Note(CarryReason.NoRoom);
            xtn[4].Note(CarryReason.NoRoom);
            return;
        }

        if (xtn[7].Leaf >= 0) Assemble(contact, xtn); // XTN.7
        else if (!contact.SetText("value", xtn[4])) contact.SetText("value", xtn[6]);
    }

    // "+852 2 1234567 X89": country, area, local, extension as far as they are there.
    private static void Assemble(FhirNode contact, Value xtn)
    {
        var arena = xtn.Mapping.Arena;
        var country = xtn[5].Utf8;
        var area = xtn[6].Utf8;
        var local = xtn[7].Utf8;
        var extension = xtn[8].Utf8;
        var room = arena.Reserve(country.Length + area.Length + local.Length + extension.Length + 8);
        var at = 0;
        if (!country.IsEmpty)
        {
            if (country[0] != (byte)'+') room[at++] = (byte)'+';
            Put(country, room, ref at);
            room[at++] = (byte)' ';
        }

        if (!area.IsEmpty)
        {
            Put(area, room, ref at);
            room[at++] = (byte)' ';
        }

        Put(local, room, ref at);
        if (!extension.IsEmpty)
        {
            Put(" X"u8, room, ref at);
            Put(extension, room, ref at);
        }

        contact.Set("value", arena.Commit(at), xtn[7].Leaf);
    }

    private static void Put(ReadOnlySpan<byte> text, Span<byte> room, ref int at)
    {
        text.CopyTo(room[at..]);
        at += text.Length;
    }

    private static void Part(FhirNode contact, Value part, string url)
    {
        if (part.Leaf >= 0) contact.Extension(url).SetText("valueString", part);
    }
}
