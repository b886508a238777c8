using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Finance;

/// <summary>
/// IN1, FT1, DG1, DRG, PR1, ACC, UB1 and UB2 as Claim (HL7 v2.8.2 chapter 6; the official maps have none). It is a draft: the message
/// gives what a claim is made of, and another system sends it to the insurer. It is made only where R4's required elements are there: an
/// insurance, a provider, and something to claim, which is a charge or the data of a uniform bill.
/// </summary>
internal sealed class FinanceClaim(Mapping mapping)
{
    private readonly List<SegmentValue> charges = [];
    private readonly List<(FhirNode Coverage, SegmentValue In1)> insurances = [];
    private readonly List<(FhirNode Condition, SegmentValue Dg1)> diagnoses = [];
    private readonly List<FhirNode> procedures = [];

    public void Charge(SegmentValue ft1) => charges.Add(ft1);

    public void Insurance(FhirNode coverage, SegmentValue in1)
    {
        if (coverage.Populated && !insurances.Exists(known => known.Coverage == coverage)) insurances.Add((coverage, in1));
    }

    public void Diagnosis(FhirNode condition, SegmentValue dg1)
    {
        if (condition.Populated && !dg1[21].First.Is("D"u8) && !diagnoses.Exists(known => known.Condition == condition)) diagnoses.Add((condition, dg1));
    }

    public void Procedure(FhirNode procedure)
    {
        if (procedure.Populated) procedures.Add(procedure);
    }

    /// <returns>No node where R4's required elements are not there.</returns>
    public FhirNode Map(FhirNode account)
    {
        var billed = mapping.First("UB1").Exists || mapping.First("UB2").Exists;
        var provider = Provider();
        if (insurances.Count == 0 || !provider.Populated || (charges.Count == 0 && !billed)) return default;
        var claim = mapping.Resources.Begin("Claim", SharingCategory.DiagnosesProceduresMedications);
        claim.Set("status", "draft");
        Type(claim, billed);
        claim.Set("use", "claim");
        mapping.ReferToSubject(claim, "patient");
        var pv1 = mapping.First("PV1");
        claim.Object("billablePeriod").SetDateTime("start", pv1[44]);
        claim.Object("billablePeriod").SetDateTime("end", pv1[45]);
        if (!claim.SetDateTime("created", mapping.First("EVN")[2])) claim.SetDateTime("created", mapping.Segments[0][7]);
        // Claim.created is 1..1; without a time of its own it is the hub's.
        if (!claim.Has("created")) claim.SetInstant("created", mapping.Context.ReceivedAt);
        claim.Refer("provider", provider);
        // v2 knows no priority of processing; Claim.priority is 1..1.
        claim.ConstantObject("priority").ConstantItem("coding").Constant("system", "http://terminology.hl7.org/CodeSystem/processpriority").Constant("code", "normal");
        Ub2ClaimInformation.Map(mapping, claim);
        Diagnoses(claim);
        Procedures(claim);
        Insurances(claim);
        Accident(claim, mapping.First("ACC"));
        for (var at = 0; at < charges.Count; at++) ClaimedItem.Add(claim, charges[at], at + 1, mapping.Encounter);
        var key = mapping.Resources.Key("Claim").Add(account.Exists ? account.Utf8Of("id") : mapping.Patient.Utf8Of("id"));
        mapping.Resources.Own(claim, charges.Count == 0 ? key.Add("bill") : charges[0][2].HasValue ? key.Add("charge").Add(charges[0][2].First[1]) : key.Add("message").Add(mapping.ControlId));
        return claim;
    }

    internal static void Sequence(FhirNode item, int number) => item.SetRaw("sequence", item.Arena.Write(number.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    // Who performed the first charge, else the sender.
    private FhirNode Provider()
    {
        var performer = charges.Count > 0 ? Xon.ToOrganization(charges[0][32]) : default;
        return performer.Populated ? performer : mapping.Sender;
    }

    // A uniform bill, and a stay in hospital, make an institutional claim (claim-type has one code of each kind).
    private void Type(FhirNode claim, bool billed)
    {
        var patientClass = mapping.First("PV1")[2].First;
        var institutional = billed || patientClass.IsOneOf("I"u8, "E"u8);
        claim.Object("type").Item("coding").Constant("system", "http://terminology.hl7.org/CodeSystem/claim-type").Set("code", institutional ? "institutional" : "professional");
    }

    private void Diagnoses(FhirNode claim)
    {
        for (var at = 0; at < diagnoses.Count; at++)
        {
            var (condition, dg1) = diagnoses[at];
            var diagnosis = claim.Item("diagnosis");
            Sequence(diagnosis, at + 1);
            diagnosis.Refer("diagnosisReference", condition);
            diagnosis.AddConcepts("type", dg1[6], Terminology.Tables.TableMaps.DiagnosisType); // DG1-6 diagnosis.type
            if (at == 0) diagnosis.SetConcept("packageCode", mapping.First("DRG")[1]); // DRG-1 diagnosis.packageCode
        }
    }

    private void Procedures(FhirNode claim)
    {
        for (var at = 0; at < procedures.Count; at++)
        {
            var procedure = claim.Item("procedure");
            Sequence(procedure, at + 1);
            procedure.Refer("procedureReference", procedures[at]);
        }
    }

    private void Insurances(FhirNode claim)
    {
        for (var at = 0; at < insurances.Count; at++)
        {
            var (coverage, in1) = insurances[at];
            var insurance = claim.Item("insurance");
            Sequence(insurance, at + 1);
            insurance.SetRaw("focal", insurance.Arena.Write(at == 0 ? "true" : "false"));
            insurance.Refer("coverage", coverage);
            insurance.AppendText("preAuthRef", in1[14].First[1]); // IN1-14 insurance.preAuthRef
            if (at == 0)
            {
                foreach (var charge in charges) insurance.AppendText("preAuthRef", charge[39].First[1]); // FT1-39 insurance.preAuthRef
            }
        }
    }

    private static void Accident(FhirNode claim, SegmentValue acc)
    {
        if (!acc.Exists || !acc[1].HasValue) return;
        var accident = claim.Object("accident");
        if (!accident.SetDate("date", acc[1])) return; // ACC-1 accident.date
        accident.SetConcept("type", acc[2]); // ACC-2 accident.type
        if (acc[11].HasValue) Xad.ToAddress(accident.Object("locationAddress"), acc[11]); // ACC-11 accident.location
        accident.Object("locationAddress").SetText("text", acc[3]); // ACC-3 accident.location
    }
}
