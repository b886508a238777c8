using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Referrals;

/// <summary>
/// RF1 as ServiceRequest: a referral, known by its originating number through all its events (HL7 v2.8.2 11.6.1). The official maps have
/// no RF1; this follows ORC[ServiceRequest].
/// </summary>
internal static class Rf1ServiceRequest
{
    /// <param name="rf1">May be absent: the referral then is of this message alone.</param>
    public static FhirNode Map(SegmentValue rf1, Mapping mapping)
    {
        // R4 ServiceRequest.subject is 1..1.
        if (!mapping.Patient.Exists || (mapping.SubjectId is null && !mapping.Patient.Populated)) return default;
        var referral = mapping.Resources.Begin("ServiceRequest", SharingCategory.Referrals, WriteMode.Merge);
        mapping.Resources.Own(referral, Key(rf1, mapping));
        referral.AddIdentifier("identifier", rf1[6], "PLAC");
        foreach (var number in rf1[11]) referral.AddIdentifier("identifier", number, "FILL");
        Status(referral, rf1, mapping.Segments[0][9].First);
        referral.Constant("intent", "order");
        referral.SetMapped("priority", rf1[2].First[1], TableMaps.ExtendedPriorityCodes);
        if (referral.Has("priority")) referral.AlsoFromAll("priority", rf1[2].First);
        referral.ConstantItem("category").ConstantItem("coding").Constant("system", "http://snomed.info/sct").Constant("code", "3457005").Constant("display", "Patient referral");
        referral.AddConcepts("category", rf1[5]);
        referral.SetConcept("code", rf1[3]);
        mapping.ReferToSubject(referral, "subject");
        referral.Refer("encounter", mapping.Encounter);
        referral.Object("occurrencePeriod").SetDateTime("start", rf1[7]);
        referral.Object("occurrencePeriod").SetDateTime("end", rf1[8]);
        referral.SetDateTime("authoredOn", rf1[9]);
        Disposition(referral, rf1);
        Reasons(referral, rf1);
        Quantities.SetQuantity(referral, "quantityQuantity", rf1[15]);
        referral.ReferItem("performer", Xon.ToOrganization(rf1[19]));
        referral.ReferItem("performer", Xcn.ToPractitioner(rf1[20]));
        if (rf1[21].HasValue)
        {
            var source = referral.Item("note");
            source.SetDateTime("time", rf1[22]);
            source.SetText("text", rf1[21]);
        }

        if (rf1[24].HasValue) referral.Item("note").SetLines("text", rf1[24]);
        if (!rf1[25].First.Is("D"u8)) rf1[25].Drop(DropRule.SegmentAction);
        return referral;
    }

    // HL7 table 0283, beside which the code as sent is kept: R4 tells an accepted referral from one that waits by no status.
    private static void Status(FhirNode referral, SegmentValue rf1, Value type)
    {
        var stated = rf1[1].First;
        if (type[2].Is("I14"u8)) referral.Set("status", "revoked", type[2].Leaf);
        else if (rf1[25].First.Is("D"u8)) referral.Set("status", "entered-in-error", rf1[25].First.Leaf);
        else if (stated[1].Text switch { "A" or "P" => "active", "R" or "E" => "revoked", _ => null } is { } status) referral.Set("status", status, stated[1].Leaf);
        // A question, an answer or a change that says no status is no news of it: unknown leaves the one in the record.
        else referral.Set("status", type[1].Is("REF"u8) && type[2].Is("I12"u8) ? "active" : "unknown");
        if (stated.HasValue) Cwe.ToCodeableConcept(referral.Object("_status").Extension("http://hl7.org/fhir/StructureDefinition/alternate-codes").Object("valueCodeableConcept"), stated);
    }

    // R4 prr-1: a detail only beside a code.
    private static void Disposition(FhirNode referral, SegmentValue rf1)
    {
        if (!rf1[4].HasValue) return;
        if (!referral.Has("code")) referral.Object("code").Item("coding").Set("system", "http://snomed.info/sct").Set("code", "3457005").Set("display", "Patient referral");
        referral.AddConcepts("orderDetail", rf1[4]);
    }

    private static void Reasons(FhirNode referral, SegmentValue rf1)
    {
        referral.AddConcepts("reasonCode", rf1[10]);
        if (!rf1[14].HasValue) return;
        foreach (var reason in referral.Items("reasonCode"))
        {
            if (reason.Has("text")) break;
            reason.SetText("text", rf1[14]);
            return;
        }

        referral.Item("reasonCode").SetText("text", rf1[14]);
    }

    private static IdKey Key(SegmentValue rf1, Mapping mapping)
    {
        var key = mapping.Resources.Key("ServiceRequest").Add("referral");
        var number = rf1[6].First[1].Leaf >= 0 ? rf1[6].First : rf1[11].First;
        return number[1].Leaf >= 0 ? key.Add(number[1]).Add(number[2]).Add(number[3]) : key.Add("message").Add(mapping.ControlId);
    }
}
