using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.PatientCare;

/// <summary>PTH as CarePlan: the pathway of one patient (HL7 v2.8.2 12.4.3, R4 9.5). The official maps have no PTH.</summary>
internal static class PthCarePlan
{
    public static FhirNode Map(SegmentValue pth)
    {
        var mapping = pth.Mapping;
        var plan = mapping.Resources.Begin("CarePlan", SharingCategory.ClinicalNotesAndSummaries, WriteMode.Merge);
        mapping.Resources.Own(plan, CareAction.Key(pth, "CarePlan", pth[3], pth[2]));
        CareAction.Drop(pth);
        if (pth[3].HasValue) Ei.ToIdentifier(plan.Item("identifier"), pth[3]);
        var status = Status(plan, pth);
        plan.Constant("intent", "plan");
        plan.AddConcepts("category", pth[2]);
        plan.SetText("title", pth[2].First[2]);
        mapping.ReferToSubject(plan, "subject");
        plan.Refer("encounter", mapping.Encounter);
        plan.Object("period").SetDateTime("start", pth[4]);
        if (status is "completed" or "revoked") plan.Object("period").SetDateTime("end", pth[6]);
        return plan;
    }

    // Unknown leaves the status in the record.
    private static string Status(FhirNode plan, SegmentValue pth)
    {
        if (CareAction.Deletes(pth))
        {
            plan.Set("status", "entered-in-error", pth[1].First.Leaf);
            return "entered-in-error";
        }

        var status = CareAction.Word(pth[5]) switch
        {
            "DRAFT" or "PLANNED" or "PROPOSED" => "draft",
            "ACTIVE" or "IN PROGRESS" => "active",
            "ON HOLD" or "ON-HOLD" or "HOLD" or "SUSPENDED" => "on-hold",
            "COMPLETED" or "COMPLETE" => "completed",
            "CANCELLED" or "CANCELED" or "DISCONTINUED" => "revoked",
            _ => null,
        };
        if (status is not null) plan.Set("status", status).AlsoFromAll("status", pth[5].First);
        else plan.Set("status", status = CareAction.Adds(pth) ? "active" : "unknown");
        return status;
    }
}
