using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>
/// Orders that stand within a message about something else: a document, a referral, a problem. Each ORC or OBR begins one, and what
/// follows up to the end of it belongs to it.
/// </summary>
/// <param name="results">True where an OBR with its OBX is a result, as in REF; false where it is the order alone.</param>
internal sealed class OrdersWithin(Mapping mapping, bool results)
{
    private OrderGroup? group;
    private FhirNode observation, noted;

    /// <summary>The orders up to now.</summary>
    public List<FhirNode> Requests { get; } = [];

    /// <summary>The reports up to now.</summary>
    public List<FhirNode> Reports { get; } = [];

    /// <summary>True between the beginning of an order and its end.</summary>
    public bool InForce => group is not null;

    /// <summary>What stands behind is no longer of an order.</summary>
    public void End()
    {
        group = null;
        (observation, noted) = (default, default);
    }

    /// <returns>False where the segment is not of an order.</returns>
    public bool Take(SegmentValue segment)
    {
        switch (segment.Name)
        {
            case "ORC":
                Begin(segment, ObrOf(segment));
                return true;
            case "OBR":
                if (group is null || !group.Obr.Exists || group.Obr.Index != segment.Index) Begin(default, segment);
                return true;
            case "TQ1" when group is not null:
                Tq1ServiceRequest.Map(segment, group);
                return true;
            case "OBX" when group is not null:
                observation = ObxObservation.Map(segment, group);
                if (group.HasResults) group.Report.ReferItem("result", observation);
                else if (group.Request.Exists) group.Request.ReferItem("supportingInfo", observation);
                noted = observation;
                return true;
            case "NTE" when group is not null:
                NteNote.Map(segment, noted);
                return true;
            case "PRT" when observation.Exists:
                PrtParticipation.ToObservation(segment, observation);
                return true;
            case "PRT" when group is not null:
                PrtParticipation.ToOrder(segment, group);
                return true;
            default:
                return false;
        }
    }

    private void Begin(SegmentValue orc, SegmentValue obr)
    {
        group = new OrderGroup(mapping, orc, obr) { HasResults = results };
        OrderServiceRequest.Map(group);
        if (results)
        {
            ObrDiagnosticReport.Map(group);
            Reports.Add(group.Report);
        }

        OrderProvenance.Map(group);
        if (group.Request.Exists) Requests.Add(group.Request);
        (observation, noted) = (default, group.Request);
    }

    private SegmentValue ObrOf(SegmentValue orc)
    {
        var segments = mapping.Segments;
        for (var at = orc.Index + 1; at < segments.Count && segments[at].Name is "TQ1" or "TQ2" or "NTE" or "PRT" or "OBR"; at++)
        {
            if (segments[at].Name == "OBR") return segments[at];
        }

        return default;
    }
}
