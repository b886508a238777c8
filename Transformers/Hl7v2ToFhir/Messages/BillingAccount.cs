using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Segments;
using EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Finance;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>
/// BAR_P01, P02, P05, P06, P10, P12 and DFT_P03, P11 (HL7 v2.8.2 6.3): an account with its coverages, guarantors and charges. The rest of
/// the segments are those of a visit, and are mapped as ADT maps them.
/// </summary>
internal sealed class BillingAccount
{
    private readonly Mapping mapping;
    private readonly FhirNode account;
    private readonly FinanceClaim claim;
    private FhirNode charge, noted;
    private SegmentValue common;
    private OrderGroup? order;

    private BillingAccount(Mapping mapping)
    {
        this.mapping = mapping;
        account = AccountEvent.Map(mapping.First("PID"), mapping.First("PV1"));
        claim = new FinanceClaim(mapping);
    }

    public static void Map(Mapping mapping)
    {
        var header = MshMessageHeader.Map(mapping);
        // Opening and updating an account tell of the patient, and these and P10 and P12 of the visit; the others name them in passing.
        var trigger = mapping.Segments[0][9].First[2];
        var registers = trigger.IsOneOf("P01"u8, "P05"u8);
        var patient = PidPatient.Map(mapping.First("PID"), registers ? WriteMode.Merge : WriteMode.CreateIfAbsent);
        if (patient.Exists)
        {
            var encounter = Visit(mapping, registers || trigger.IsOneOf("P10"u8, "P12"u8) ? WriteMode.Merge : WriteMode.CreateIfAbsent);
            var billing = new BillingAccount(mapping);
            header.ReferItem("focus", billing.account);
            AdtVisit.Walk(mapping, patient, encounter, 0, mapping.Segments.Count, billing.Takes);
            billing.claim.Map(billing.account);
        }

        if (!header.Has("focus")) header.ReferItem("focus", patient);
        EvnProvenance.Map(mapping);
    }

    /// <summary>P02: several accounts, of several patients, are taken back.</summary>
    public static void Purge(Mapping mapping)
    {
        var header = MshMessageHeader.Map(mapping);
        var purged = new HashSet<FhirNode>();
        foreach (var segment in mapping.Segments)
        {
            if (segment.Name != "PID") continue;
            PidPatient.Map(segment, WriteMode.CreateIfAbsent);
            // The visit is not mapped: taking back its account is no reason to open it.
            // Several patients may stand on one account.
            var account = AccountEvent.Map(segment, VisitOf(mapping, segment));
            if (purged.Add(account)) header.ReferItem("focus", account);
        }

        EvnProvenance.Map(mapping);
    }

    private static SegmentValue VisitOf(Mapping mapping, SegmentValue pid)
    {
        for (var at = pid.Index + 1; at < mapping.Segments.Count && mapping.Segments[at].Name != "PID"; at++)
        {
            if (mapping.Segments[at].Name == "PV1") return mapping.Segments[at];
        }

        return default;
    }

    // The class alone would say that the patient is still there; but billing goes on when he has left: unknown leaves what the record holds.
    private static FhirNode Visit(Mapping mapping, WriteMode mode)
    {
        var pv1 = mapping.First("PV1");
        var encounter = Pv1Encounter.Map(pv1, mode);
        if (encounter.Exists && mode == WriteMode.Merge && !pv1[45].HasValue) encounter.Set("status", "unknown");
        return encounter;
    }

    private bool Takes(SegmentValue segment)
    {
        switch (segment.Name)
        {
            case "FT1":
                charge = Ft1ChargeItem.Map(segment, account);
                if (charge.Exists) claim.Charge(segment);
                noted = charge;
                return true;
            case "NTE" when noted.Exists:
                NteNote.Map(segment, noted);
                return true;
            case "DG1":
                claim.Diagnosis(Dg1Condition.Map(segment, mapping.Encounter), segment);
                return true;
            case "PR1":
                Procedure(segment);
                return true;
            case "GT1":
                Guarantor(segment);
                return true;
            case "IN1":
                Insurance(segment);
                return true;
            case "ORC":
                common = segment;
                return true;
            case "OBR":
                Order(segment);
                return true;
            case "OBX" when order is not null:
                noted = ObxObservation.Map(segment, order);
                return true;
            default:
                noted = default;
                return false;
        }
    }

    private void Procedure(SegmentValue pr1)
    {
        var procedure = Pr1Procedure.Map(pr1, mapping.Encounter);
        claim.Procedure(procedure);
        if (charge.Exists) charge.ReferItem("service", procedure);
    }

    private void Guarantor(SegmentValue gt1)
    {
        var person = Gt1RelatedPerson.Map(gt1);
        if (!account.Exists) return;
        var guarantor = account.Item("guarantor");
        if (person.Populated) guarantor.Refer("party", person);
        else if (gt1[11].First[1].Is("SEL"u8)) mapping.ReferToSubject(guarantor.Keep(), "party");
        else guarantor.Refer("party", Xon.ToOrganization(gt1[21])); // GT1-21 guarantor.party
        if (!guarantor.Has("party")) return;
        guarantor.SetBoolean("onHold", gt1[22]); // GT1-22 guarantor.onHold
        guarantor.Object("period").SetDateTime("start", gt1[13]); // GT1-13 guarantor.period.start
        guarantor.Object("period").SetDateTime("end", gt1[14]); // GT1-14 guarantor.period.end
    }

    private void Insurance(SegmentValue in1)
    {
        var coverage = In1Coverage.Map(in1);
        claim.Insurance(coverage, in1);
        if (!account.Exists || !coverage.Populated) return;
        var covered = account.Item("coverage");
        covered.Refer("coverage", coverage);
        if (in1[22].HasValue) covered.SetPositiveInteger("priority", in1[22]); // IN1-22 coverage.priority
    }

    // The service that the charges are for.
    private void Order(SegmentValue obr)
    {
        order = new OrderGroup(mapping, common, obr);
        OrderServiceRequest.Map(order);
        if (charge.Exists) charge.ReferItem("supportingInformation", order.Request);
        (common, noted) = (default, order.Request);
    }
}
