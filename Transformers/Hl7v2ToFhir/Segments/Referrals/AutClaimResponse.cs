using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Referrals;

/// <summary>
/// AUT as ClaimResponse with use preauthorization: what an insurer has authorised of a referral or procedure (HL7 v2.8.2 11.6.2, R4 13.10).
/// The official maps have no AUT. An AUT that names no insurer is carried, for R4 asks for one.
/// </summary>
internal static class AutClaimResponse
{
    public static FhirNode Map(SegmentValue aut)
    {
        var mapping = aut.Mapping;
        if (mapping.SubjectId is null && !mapping.Patient.Populated) return default;
        var insurer = Insurer(aut);
        if (!insurer.Populated) return default;
        var authorisation = mapping.Resources.Begin("ClaimResponse", SharingCategory.Referrals);
        var key = mapping.Resources.Key("ClaimResponse").Add(insurer.Utf8Of("id"));
        mapping.Resources.Own(authorisation, aut[6].First[1].Leaf >= 0 ? key.Add(aut[6].First[1]).Add(aut[6].First[2]) : key.Add("message").Add(mapping.ControlId));
        if (aut[6].HasValue) Ei.ToIdentifier(authorisation.Item("identifier"), aut[6]);
        authorisation.Set("status", "active");
        if (aut[13].HasValue) authorisation.SetConcept("type", aut[13]);
        else authorisation.Object("type").Set("text", "Authorization");
        authorisation.Constant("use", "preauthorization");
        mapping.ReferToSubject(authorisation, "patient");
        if (!authorisation.SetDateTime("created", aut[10]) && !authorisation.SetDateTime("created", mapping.Segments[0][7])) authorisation.SetDateTime("created", aut[4]);
        // R4 asks for the time: a message without any of them was made when it came at the latest.
        if (!authorisation.Has("created")) authorisation.SetInstant("created", mapping.Context.ReceivedAt);
        authorisation.Refer("insurer", insurer);
        authorisation.Refer("requestor", aut[24].HasValue ? Xcn.ToPractitioner(aut[24]) : Xon.ToOrganization(aut[23]));
        authorisation.Constant("outcome", "complete");
        authorisation.SetText("disposition", aut[17]);
        authorisation.SetText("preAuthRef", aut[6].First[1]);
        authorisation.Object("preAuthPeriod").SetDateTime("start", aut[4]);
        authorisation.Object("preAuthPeriod").SetDateTime("end", aut[5]);
        Amounts(authorisation, aut);
        if (aut[28].HasValue) authorisation.Item("processNote").SetLines("text", aut[28]);
        if (!aut[29].First.Is("D"u8)) aut[29].Drop(DropRule.SegmentAction);
        else authorisation.Set("status", "cancelled", aut[29].First.Leaf);
        return authorisation;
    }

    private static FhirNode Insurer(SegmentValue aut)
    {
        var insurer = CweOrganization.Map(aut[2]);
        if (insurer.Exists && insurer.TextOf("name") == aut[3].First.Text) insurer.AlsoFrom("name", aut[3].First.Leaf);
        else if (insurer.Exists) insurer.SetText("name", aut[3]);
        return insurer.Exists ? insurer : Xon.ToOrganization(aut[3]);
    }

    private static void Amounts(FhirNode authorisation, SegmentValue aut)
    {
        Money(authorisation, "Reimbursement limit", aut[7].First[1]);
        Number(authorisation, "Requested number of treatments", aut[8]);
        Number(authorisation, "Authorized number of treatments", aut[9]);
        Number(authorisation, "Authorized number of treatments or units", aut[18]);
        Number(authorisation, "Used number of treatments or units", aut[19]);
        Number(authorisation, "Scheduled number of treatments or units", aut[20]);
        Money(authorisation, "Remaining benefit", aut[22]);
    }

    private static void Number(FhirNode authorisation, string what, Value cq)
    {
        if (!Numbers.IsDecimal(cq[1].Utf8)) return;
        var item = authorisation.Item("adjudication");
        item.ConstantObject("category").Constant("text", what);
        item.SetDecimal("value", cq[1]);
    }

    // MO: the amount, and its currency in ISO 4217.
    private static void Money(FhirNode authorisation, string what, Value mo)
    {
        if (!Numbers.IsDecimal(mo[1].Utf8)) return;
        var item = authorisation.Item("adjudication");
        item.ConstantObject("category").Constant("text", what);
        item.Object("amount").SetDecimal("value", mo[1]);
        if (mo[2].Text is { Length: 3 } currency && currency.All(char.IsAsciiLetterUpper)) item.Object("amount").SetCode("currency", mo[2]);
    }
}
