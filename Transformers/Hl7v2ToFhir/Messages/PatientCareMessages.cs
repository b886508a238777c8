using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Segments;
using EHealthPlus.Transformers.Hl7v2ToFhir.Segments.PatientCare;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>
/// PPR_PC1, PGL_PC6 and PPP_PCB (HL7 v2.8.2 12.3): problems, goals and pathways. The same segments hang together differently: which of
/// PRB, GOL and PTH is on top says what the others below it belong to.
/// </summary>
internal sealed class PatientCareMessages
{
    private readonly Mapping mapping;
    private readonly string top;
    private readonly FhirNode header;
    private readonly OrdersWithin orders;
    private FhirNode problem, goal, pathway, about, varied, team, observation;

    private PatientCareMessages(Mapping mapping, string top, FhirNode header)
    {
        (this.mapping, this.top, this.header) = (mapping, top, header);
        orders = new OrdersWithin(mapping, results: false);
    }

    public static void Problems(Mapping mapping) => Map(mapping, "PRB");

    public static void Goals(Mapping mapping) => Map(mapping, "GOL");

    public static void Pathways(Mapping mapping) => Map(mapping, "PTH");

    private static void Map(Mapping mapping, string top)
    {
        var header = MshMessageHeader.Map(mapping);
        var patient = PidPatient.Map(mapping.First("PID"), WriteMode.CreateIfAbsent);
        if (patient.Exists)
        {
            Pv1Encounter.Map(mapping.First("PV1"), WriteMode.CreateIfAbsent);
            var walk = new PatientCareMessages(mapping, top, header);
            foreach (var segment in mapping.Segments) walk.Take(segment);
        }

        if (!header.Has("focus")) header.ReferItem("focus", patient);
    }

    private void Take(SegmentValue segment)
    {
        switch (segment.Name)
        {
            case "PD1":
                Pd1Patient.Map(segment, mapping.Patient);
                break;
            case "PV2" when mapping.Encounter.Exists:
                Pv2Encounter.Map(segment, mapping.Encounter);
                break;
            case "PRB" when segment[3].HasValue || segment[4].HasValue:
                Problem(segment);
                break;
            case "GOL" when segment[3].HasValue || segment[4].HasValue:
                Goal(segment);
                break;
            case "PTH" when segment[2].HasValue || segment[3].HasValue:
                Pathway(segment);
                break;
            case "VAR":
                CareAction.Variance(segment, varied);
                break;
            case "ROL" when !orders.InForce:
                team = RolCareTeam.Map(segment, about, team);
                break;
            case "OBX" when !orders.InForce && about.Exists:
                Observe(segment);
                break;
            case "NTE" when !orders.InForce:
                NteNote.Map(segment, observation.Exists ? observation : about);
                break;
            case "ORC":
                var before = orders.Requests.Count;
                orders.Take(segment);
                foreach (var request in orders.Requests.Skip(before)) Order(request);
                break;
            default:
                if (orders.InForce) orders.Take(segment);
                break;
        }
    }

    private void Problem(SegmentValue prb)
    {
        if (top == "PRB") goal = pathway = default;
        problem = Enter(PrbCondition.Map(prb), prb);
        if (top == "GOL") GolGoal.Address(goal, problem, mapping, CareAction.Unlinks(prb));
        if (top == "PTH") Plan("addresses", problem, CareAction.Unlinks(prb));
    }

    private void Goal(SegmentValue gol)
    {
        if (top == "GOL") problem = pathway = default;
        goal = Enter(GolGoal.Map(gol), gol);
        if (top != "GOL") GolGoal.Address(goal, problem, mapping, CareAction.Unlinks(gol));
        if (top == "PTH") Plan("goal", goal, CareAction.Unlinks(gol));
    }

    private void Pathway(SegmentValue pth)
    {
        if (top == "PTH") problem = goal = default;
        pathway = PthCarePlan.Map(pth);
        if (top == "PTH") Enter(pathway, pth);
        // Below a problem or goal only variances are of the pathway: notes, roles and observations behind it are of what is on top again.
        else varied = pathway;
        if (top == "PRB") Plan("addresses", problem, CareAction.Unlinks(pth));
        if (top == "GOL") Plan("goal", goal, CareAction.Unlinks(pth));
    }

    private FhirNode Enter(FhirNode resource, SegmentValue segment)
    {
        orders.End();
        about = varied = resource;
        team = observation = default;
        if (segment.Name == top) header.ReferItem("focus", resource);
        return resource;
    }

    private void Plan(string list, FhirNode member, bool unlink)
    {
        if (!pathway.Exists || !member.Exists) return;
        if (unlink) mapping.Resources.Of(pathway).Delete($"{list}:{member.Name}/{member.TextOf("id")}");
        else pathway.ReferItem(list, member);
    }

    private void Observe(SegmentValue obx)
    {
        observation = ObxObservation.Map(obx, SharingCategory.ObservationsAndLifestyle);
        if (about.Name == "Condition") about.Item("evidence").ReferItem("detail", observation);
        else if (about.Name == "Goal") about.ReferItem("outcomeReference", observation);
        else about.ReferItem("supportingInfo", observation);
    }

    // What the order is for is told at the order; the pathway lists what is done in it.
    private void Order(FhirNode request)
    {
        if (!request.Exists) return;
        request.ReferItem("reasonReference", problem);
        if (top == "GOL") GolGoal.Pertain(request, goal);
        if (top == "PTH" && pathway.Exists && request.Populated) pathway.Item("activity").Refer("reference", request);
    }
}
