using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Segments;
using EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Referrals;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>
/// REF_I12 and RRI_I12 (HL7 v2.8.2 11.5): a referral with its providers, reasons, results and authorisations, and the answer to one.
/// </summary>
internal sealed class ReferralMessages
{
    private readonly Mapping mapping;
    private readonly FhirNode referral;
    private readonly OrdersWithin results;
    private FhirNode organization;
    private string before = "";

    private ReferralMessages(Mapping mapping, FhirNode referral)
    {
        (this.mapping, this.referral) = (mapping, referral);
        results = new OrdersWithin(mapping, results: true);
    }

    public static void Map(Mapping mapping)
    {
        var header = MshMessageHeader.Map(mapping);
        MsaMessageHeader.Map(mapping, header);
        var patient = PidPatient.Map(mapping.First("PID"), WriteMode.CreateIfAbsent);
        if (patient.Exists) Pv1Encounter.Map(mapping.First("PV1"), WriteMode.CreateIfAbsent);
        var referral = Rf1ServiceRequest.Map(mapping.First("RF1"), mapping);
        header.ReferItem("focus", referral.Exists ? referral : patient);
        if (referral.Exists)
        {
            var walk = new ReferralMessages(mapping, referral);
            foreach (var segment in mapping.Segments) walk.Take(segment);
            foreach (var report in walk.results.Reports) referral.ReferItem("supportingInfo", report);
        }
    }

    private void Take(SegmentValue segment)
    {
        switch (segment.Name)
        {
            case "AUT":
                referral.ReferItem("insurance", AutClaimResponse.Map(segment));
                break;
            case "PRD":
                Provider(segment);
                break;
            case "CTD":
                referral.ReferItem("supportingInfo", PrdPractitionerRole.Contact(segment, before == "PRD" ? organization : default));
                break;
            case "PD1":
                Pd1Patient.Map(segment, mapping.Patient);
                break;
            case "NK1":
                Nk1RelatedPerson.Map(segment, mapping.Patient);
                break;
            case "GT1":
                Gt1RelatedPerson.Map(segment);
                break;
            case "IN1":
                referral.ReferItem("insurance", In1Coverage.Map(segment));
                break;
            case "DG1":
                referral.ReferItem("reasonReference", Dg1Condition.Map(segment, mapping.Encounter));
                break;
            case "DRG":
                referral.AddConcepts("reasonCode", segment[1]);
                break;
            case "AL1":
                Al1AllergyIntolerance.Map(segment);
                break;
            case "PR1":
                referral.ReferItem("supportingInfo", Pr1Procedure.Map(segment, mapping.Encounter));
                break;
            case "PV2" when mapping.Encounter.Exists:
                Pv2Encounter.Map(segment, mapping.Encounter);
                break;
            case "NTE" when !results.InForce:
                NteNote.Map(segment, referral);
                break;
            default:
                // The visit, and the notes behind it, are of the whole referral again.
                if (segment.Name == "PV1") results.End();
                else results.Take(segment);
                break;
        }

        if (segment.Name is not ("CTD" or "NTE")) before = segment.Name;
    }

    // HL7 table 0286: who refers, to whom, and who else has to do with the patient.
    private void Provider(SegmentValue prd)
    {
        var role = PrdPractitionerRole.Provider(prd);
        organization = role.Exists ? Organization(prd) : default;
        // R4 has one requester: who else refers stays with the referral as what supports it.
        var requests = Is(prd, "RP") && !referral.Has("requester");
        if (requests) referral.Refer("requester", role);
        if (Is(prd, "RT") || Is(prd, "CP")) referral.ReferItem("performer", role);
        if (Is(prd, "PP")) mapping.Patient.ReferItem("generalPractitioner", role);
        if (!requests && !Is(prd, "RT") && !Is(prd, "CP") && !Is(prd, "PP")) referral.ReferItem("supportingInfo", role);
    }

    private static FhirNode Organization(SegmentValue prd) => Xon.ToOrganization(prd[10]);

    private static bool Is(SegmentValue prd, string role)
    {
        foreach (var stated in prd[1])
        {
            if (stated[1].Text == role) return true;
        }

        return false;
    }
}
