using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.PatientCare;

/// <summary>GOL as Goal (HL7 v2.8.2 12.4.1, R4 9.9). The official maps have no GOL.</summary>
internal static class GolGoal
{
    private const string PertainsToGoal = "http://hl7.org/fhir/StructureDefinition/resource-pertainsToGoal";

    public static FhirNode Map(SegmentValue gol)
    {
        var mapping = gol.Mapping;
        var goal = mapping.Resources.Begin("Goal", SharingCategory.ClinicalNotesAndSummaries, WriteMode.Merge);
        mapping.Resources.Own(goal, CareAction.Key(gol, "Goal", gol[4], gol[3]));
        CareAction.Drop(gol);
        if (gol[4].HasValue) Ei.ToIdentifier(goal.Item("identifier"), gol[4]);
        Status(goal, gol);
        goal.SetConcept("achievementStatus", gol[16]);
        goal.AddConcepts("category", gol[9]);
        goal.AddConcepts("category", gol[10]);
        goal.Object("priority").SetText("text", gol[6]);
        goal.SetConcept("description", gol[3]);
        // R4 Goal.description is 1..1.
        if (!goal.Has("description")) goal.Object("description").Set("text", "Goal");
        mapping.ReferToSubject(goal, "subject");
        goal.SetDate("startDate", gol[7]);
        if (gol[8].HasValue) goal.Item("target").SetDate("dueDate", gol[8]);
        goal.SetDate("statusDate", gol[19]);
        foreach (var comment in gol[17])
        {
            if (comment.HasValue) goal.Item("note").SetText("text", comment);
        }

        return goal;
    }

    /// <summary>Links what a goal is for to it, both ways; or takes the link away.</summary>
    /// <param name="unlink">True where the message says that they no longer belong together.</param>
    public static void Address(FhirNode goal, FhirNode problem, Mapping mapping, bool unlink)
    {
        if (!goal.Exists || !problem.Exists) return;
        if (unlink)
        {
            mapping.Resources.Of(goal).Delete($"addresses:Condition/{problem.TextOf("id")}");
            return;
        }

        goal.ReferItem("addresses", problem);
        Pertain(problem, goal);
    }

    /// <summary>Says at another resource that it serves the goal.</summary>
    public static void Pertain(FhirNode resource, FhirNode goal)
    {
        if (resource.Exists && goal.Populated) resource.Extension(PertainsToGoal).Refer("valueReference", goal);
    }

    private static void Status(FhirNode goal, SegmentValue gol)
    {
        if (CareAction.Deletes(gol))
        {
            goal.Set("lifecycleStatus", "entered-in-error", gol[1].First.Leaf);
            return;
        }

        var status = CareAction.Word(gol[18]) switch
        {
            "PROPOSED" => "proposed",
            "PLANNED" => "planned",
            "ACCEPTED" => "accepted",
            "ACTIVE" or "IN PROGRESS" => "active",
            "ON HOLD" or "ON-HOLD" or "HOLD" or "SUSPENDED" => "on-hold",
            "COMPLETED" or "COMPLETE" or "ACHIEVED" or "RESOLVED" => "completed",
            "CANCELLED" or "CANCELED" or "DISCONTINUED" => "cancelled",
            "REJECTED" => "rejected",
            _ => null,
        };
        if (status is not null) goal.Set("lifecycleStatus", status).AlsoFromAll("lifecycleStatus", gol[18].First);
        else if (CareAction.Adds(gol)) goal.Set("lifecycleStatus", "active");
        else AbsentData.Set(goal.Object("_lifecycleStatus"));
    }
}
