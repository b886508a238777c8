using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.PatientCare;

/// <summary>PRB as Condition: an entry of the problem list (HL7 v2.8.2 12.4.2). The official maps have no PRB; this follows DG1[Condition].</summary>
internal static class PrbCondition
{
    private const string Extensions = "http://hl7.org/fhir/StructureDefinition/";

    public static FhirNode Map(SegmentValue prb)
    {
        var mapping = prb.Mapping;
        var problem = mapping.Resources.Begin("Condition", SharingCategory.DiagnosesProceduresMedications, WriteMode.Merge);
        mapping.Resources.Own(problem, CareAction.Key(prb, "Condition", prb[4], prb[3]));
        CareAction.Drop(prb);
        if (prb[4].HasValue) Ei.ToIdentifier(problem.Item("identifier"), prb[4]);
        Status(problem, prb);
        problem.ConstantItem("category").ConstantItem("coding").Constant("system", "http://terminology.hl7.org/CodeSystem/condition-category").Constant("code", "problem-list-item");
        if (prb[10].HasValue) Cwe.ToCodeableConcept(problem.Item("category"), prb[10]);
        problem.SetConcept("severity", prb[26]);
        problem.SetConcept("code", prb[3]);
        mapping.ReferToSubject(problem, "subject");
        problem.Refer("encounter", mapping.Encounter);
        if (!problem.SetDateTime("onsetDateTime", prb[16])) problem.SetText("onsetString", prb[17]);
        else prb[17].Note(Ledger.CarryReason.NoRoom);
        if (prb[7].HasValue) problem.Extension(Extensions + "condition-assertedDate").SetDateTime("valueDateTime", prb[7]);
        problem.SetDateTime("recordedDate", prb[7]);
        if (prb[12].HasValue) problem.Extension(Extensions + "condition-diseaseCourse").SetConcept("valueCodeableConcept", prb[12]);
        foreach (var label in prb[25])
        {
            if (label.HasValue) Cwe.ToCoding(problem.Object("meta").Item("security"), label);
        }

        return problem;
    }

    private static void Status(FhirNode problem, SegmentValue prb)
    {
        if (CareAction.Deletes(prb))
        {
            problem.Object("verificationStatus").Item("coding").Constant("system", "http://terminology.hl7.org/CodeSystem/condition-ver-status").Set("code", "entered-in-error", prb[1].First.Leaf);
            return;
        }

        Clinical(problem, prb);
        Verification(problem, prb[13]);
    }

    private static void Clinical(FhirNode problem, SegmentValue prb)
    {
        problem.SetDateTime("abatementDateTime", prb[9]);
        var stated = CareAction.Word(prb[14]) switch
        {
            "ACTIVE" => "active",
            "INACTIVE" => "inactive",
            "RESOLVED" or "CLOSED" => "resolved",
            "REMISSION" => "remission",
            "RECURRENCE" or "RECURRENT" => "recurrence",
            "RELAPSE" => "relapse",
            _ => null,
        };
        var status = stated;
        // R4 con-4: what has ended is not active.
        if (prb[9].HasValue && status is null or "active" or "recurrence" or "relapse") status = "resolved";
        if (status is null && CareAction.Adds(prb)) status = "active";
        if (status is "resolved" && !prb[9].HasValue) problem.SetDateTime("abatementDateTime", prb[15]);
        if (status is null) return;
        var clinical = problem.Object("clinicalStatus");
        var coding = clinical.Item("coding").Constant("system", "http://terminology.hl7.org/CodeSystem/condition-clinical").Set("code", status);
        // Where the field says nothing that is known, the code is not its.
        if (stated is not null) coding.AlsoFromAll("code", prb[14].First);
        Cwe.SetString(clinical, "text", prb[14]);
    }

    private static void Verification(FhirNode problem, Value confirmation)
    {
        var status = CareAction.Word(confirmation) switch
        {
            "CONFIRMED" or "C" => "confirmed",
            "PROVISIONAL" or "P" or "WORKING" => "provisional",
            "DIFFERENTIAL" or "D" => "differential",
            "UNCONFIRMED" or "SUSPECTED" or "S" => "unconfirmed",
            "REFUTED" or "RULED OUT" or "RULE-OUT" => "refuted",
            _ => null,
        };
        if (status is null) return;
        var verification = problem.Object("verificationStatus");
        verification.Item("coding").Constant("system", "http://terminology.hl7.org/CodeSystem/condition-ver-status").Set("code", status).AlsoFromAll("code", confirmation);
        Cwe.SetString(verification, "text", confirmation);
    }
}
