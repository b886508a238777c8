using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Documents;

/// <summary>
/// TXA[Provenance]: who had a part in the document beside its authors, each time it was edited, and why. An authentication with its time
/// (TXA-22, PPN) is a signature. Made only where the TXA says any of it.
/// </summary>
internal static class TxaProvenance
{
    public static void Map(SegmentValue txa, FhirNode document)
    {
        if (!txa[5].HasValue && !txa[8].HasValue && !txa[11].HasValue && !txa[21].HasValue && !txa[22].HasValue && !txa[23].HasValue) return;
        var edits = 0;
        foreach (var edit in txa[8])
        {
            // Earlier edits say their time alone.
            if (++edits < txa[8].Count) Agents(Begin(txa, document, edit, edits), txa, authorsOnly: true);
            else Agents(Begin(txa, document, edit, edits), txa, authorsOnly: false);
        }

        if (edits == 0) Agents(Begin(txa, document, default, edits), txa, authorsOnly: false);
    }

    private static FhirNode Begin(SegmentValue txa, FhirNode document, Value edited, int number)
    {
        var mapping = txa.Mapping;
        var provenance = mapping.Resources.Begin("Provenance", SharingCategory.None);
        mapping.Resources.Own(provenance, mapping.Resources.Key("Provenance").Add("TXA").Add(mapping.ControlId).Add(number.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        provenance.ReferItem("target", document);
        if (!provenance.SetInstant("recorded", edited)) provenance.SetInstant("recorded", mapping.Context.ReceivedAt); // TXA-8 recorded
        return provenance;
    }

    private static void Agents(FhirNode provenance, SegmentValue txa, bool authorsOnly)
    {
        var mapping = txa.Mapping;
        var named = Add(provenance, txa[9], "author"); // TXA-9 XCN[Practitioner]
        if (!authorsOnly)
        {
            named |= Add(provenance, txa[5], "performer");
            named |= Add(provenance, txa[11], "enterer");
            provenance.SetDateTime("occurredDateTime", txa[7]);
            if (txa[21].HasValue) provenance.Item("reason").SetText("text", txa[21]); // TXA-21 reason.text
            foreach (var copy in txa[23]) // TXA-23 XCN[Practitioner]
            {
                var person = Xcn.ToPractitioner(copy);
                if (!person.Populated) continue;
                var agent = provenance.Item("agent");
                agent.ConstantItem("role").ConstantItem("coding").Constant("system", "http://terminology.hl7.org/CodeSystem/v3-ParticipationType").Constant("code", "IRCP"); // TXA-23 agent[1].role[1].coding[1].code
                agent.Refer("who", person);
                named = true;
            }

            foreach (var signed in txa[22]) Sign(provenance, signed);
        }

        if (!named) MshProvenance.Agent(provenance, "author", mapping.Sender, mapping);
    }

    private static bool Add(FhirNode provenance, FieldValue persons, string type)
    {
        var any = false;
        foreach (var person in persons)
        {
            var practitioner = Xcn.ToPractitioner(person);
            if (!practitioner.Populated) continue;
            MshProvenance.Agent(provenance, type, practitioner, person.Mapping);
            any = true;
        }

        return any;
    }

    // PPN is an XCN with the time behind it (HL7 v2.8.2 2A.56).
    private static void Sign(FhirNode provenance, Value ppn)
    {
        var person = Xcn.ToPractitioner(ppn);
        if (!person.Populated) return;
        var signature = provenance.Item("signature");
        if (!signature.SetInstant("when", ppn[15]))
        {
            // R4 asks for the time of a signature: without it the person is named as who verified.
            signature.Remove();
            MshProvenance.Agent(provenance, "verifier", person, ppn.Mapping);
            return;
        }

        signature.Item("type").Set("system", "urn:iso-astm:E1762-95:2013").Set("code", "1.2.840.10065.1.12.1.5").Set("display", "Verification Signature");
        signature.Refer("who", person);
    }
}
