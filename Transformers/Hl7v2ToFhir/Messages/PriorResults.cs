using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>
/// PRIOR_RESULT of OML and OMG: results of earlier orders that are sent along with an order (HL7 v2.8.2 4.4.6). They stay apart from it:
/// reports of their own, which the order refers to as information. They begin with a PID, PV1 or AL1 behind an order, or with order
/// control PR, and end with the next order of another control code.
/// </summary>
internal sealed class PriorResults(Mapping mapping)
{
    private FhirNode current, request;
    private bool awaited;

    /// <summary>True where the order that is read now is one of those.</summary>
    public bool InForce { get; private set; }

    public void Begin(SegmentValue segment)
    {
        if (!InForce) current = mapping.Encounter;
        InForce = awaited = true;
        // The visit of the earlier results is another than that of the order.
        mapping.Encounter = default;
        if (segment.Name == "AL1" && mapping.Patient.Exists) Al1AllergyIntolerance.Map(segment, WriteMode.CreateIfAbsent);
    }

    /// <summary>Looks at the ORC of the next order: is it one of those?</summary>
    public void Meet(SegmentValue orc)
    {
        var stated = orc.Exists && orc[1].First.Is("PR"u8);
        if (stated && !InForce) current = mapping.Encounter;
        if (stated || awaited)
        {
            InForce = true;
            mapping.Encounter = default;
        }
        else if (InForce)
        {
            InForce = false;
            mapping.Encounter = current;
        }

        awaited = false;
    }

    /// <summary>The order that the results to come are sent along with.</summary>
    public void Asks(FhirNode order) => request = order;

    public void Add(OrderGroup group)
    {
        if (request.Exists && group.Report.Exists) request.ReferItem("supportingInfo", group.Report);
    }
}
