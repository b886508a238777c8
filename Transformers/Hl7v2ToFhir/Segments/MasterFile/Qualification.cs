using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.MasterFile;

/// <summary>
/// EDU, CER, AFF and the specialties and numbers of PRA: what a practitioner has learnt, is certified for, and belongs to, as
/// Practitioner.qualification and identifier (HL7 v2.8.2 15.4.3, 15.4.2, 15.4.1 and 15.4.6; the official maps have none of them).
/// </summary>
internal static class Qualification
{
    public static void Degree(SegmentValue edu, FhirNode practitioner)
    {
        edu[1].Drop(DropRule.SetId);
        // Qualification.code is 1..1.
        if (!edu[2].HasValue && !edu[9].HasValue) return;
        var degree = practitioner.Item("qualification");
        degree.SetConcept("code", edu[2], TableMaps.DegreeLicenseCertificate); // EDU-2 qualification.code
        if (edu[9].HasValue) Cwe.SetString(degree.Object("code"), "text", edu[9]); // EDU-9 qualification.code.text
        degree.Object("period").SetDateTime("start", edu[5]); // EDU-5 qualification.period.start
        degree.Refer("issuer", Xon.ToOrganization(edu[6], edu[8])); // EDU-6 EDU-8 qualification.issuer
    }

    public static void Certificate(SegmentValue cer, FhirNode practitioner)
    {
        cer[1].Drop(DropRule.SetId);
        if (!cer[10].HasValue && !cer[11].HasValue) return;
        var certificate = practitioner.Item("qualification");
        if (cer[2].HasValue) certificate.Item("identifier").SetText("value", cer[2]); // CER-2 qualification.identifier
        certificate.SetConcept("code", cer[10]); // CER-10 qualification.code
        if (cer[11].HasValue) Cwe.SetString(certificate.Object("code"), "text", cer[11]); // CER-11 qualification.code.text
        var period = certificate.Object("period");
        if (!period.SetDateTime("start", cer[25])) period.SetDateTime("start", cer[23]); // CER-25 CER-23 qualification.period.start
        // What was revoked ended then, whatever was printed on it.
        if (!period.SetDateTime("end", cer[29]) && !period.SetDateTime("end", cer[26])) period.SetDateTime("end", cer[27]); // CER-29 CER-26 CER-27 qualification.period.end
        certificate.Refer("issuer", Xon.ToOrganization(cer[4])); // CER-4 qualification.issuer
    }

    public static void Affiliation(SegmentValue aff, FhirNode practitioner)
    {
        aff[1].Drop(DropRule.SetId);
        var body = Xon.ToOrganization(aff[2], aff[3]); // AFF-2 AFF-3 qualification.issuer
        if (!body.Populated) return;
        var affiliation = practitioner.Item("qualification");
        if (!affiliation.Object("code").SetText("text", aff[5])) affiliation.Object("code").Set("text", "Professional affiliation"); // AFF-5 qualification.code.text
        if (aff[4].HasValue) Dr.ToPeriod(affiliation.Object("period"), aff[4]); // AFF-4 qualification.period
        affiliation.Refer("issuer", body);
    }

    /// <summary>PRA-5 and PRA-6.</summary>
    public static void Practice(SegmentValue pra, FhirNode practitioner)
    {
        foreach (var specialty in pra[5])
        {
            // Without a board or a date it says no more than the specialty of the role.
            if (specialty[1].Leaf < 0 || (!specialty[2].HasValue && !specialty[4].HasValue)) continue;
            var board = practitioner.Item("qualification");
            board.Object("code").SetText("text", specialty[1]); // PRA-5 qualification.code.text
            board.Object("period").SetDateTime("start", specialty[4]); // PRA-5 qualification.period.start
            board.Object("issuer").SetText("display", specialty[2]); // PRA-5 qualification.issuer.display
        }

        foreach (var number in pra[6])
        {
            if (number[1].Leaf < 0) continue;
            var identifier = practitioner.Item("identifier");
            identifier.SetText("value", number[1]); // PRA-6 identifier.value
            if (number[2].HasValue) identifier.SetConcept("type", number[2], TableMaps.PractitionerIDNumberType); // PRA-6 identifier.type
            identifier.Object("assigner").SetText("display", number[3]); // PRA-6 identifier.assigner.display
            identifier.Object("period").SetDateTime("end", number[4]); // PRA-6 identifier.period.end
        }
    }

    /// <summary>LAN: a language that the practitioner can use; how well has no place in R4.</summary>
    public static void Language(SegmentValue lan, FhirNode practitioner)
    {
        lan[1].Drop(DropRule.SetId);
        var code = lan[2].First[1];
        foreach (var known in practitioner.Items("communication"))
        {
            foreach (var coding in known.Items("coding"))
            {
                if (code.Leaf < 0 || coding.TextOf("code") != code.Text) continue;
                // Once for each ability: reading, writing, speaking.
                lan[2].Drop(DropRule.SameAsOther);
                return;
            }
        }

        practitioner.AddConcepts("communication", lan[2]); // LAN-2 communication
    }
}
