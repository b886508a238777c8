using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>The segments about patient and visit that stand in front of the orders: an order or result says them in passing.</summary>
internal sealed class PatientSegments(Mapping mapping)
{
    /// <param name="before">The segment in front that a PRT belongs to: PID or PV1.</param>
    public void Take(SegmentValue segment, string before)
    {
        if (!mapping.Patient.Exists) return;
        switch (segment.Name)
        {
            case "PD1":
                Pd1Patient.Map(segment, mapping.Patient);
                break;
            case "NK1":
                Nk1RelatedPerson.Map(segment, mapping.Patient);
                break;
            case "PV2" when mapping.Encounter.Exists:
                Pv2Encounter.Map(segment, mapping.Encounter);
                break;
            case "AL1":
                Al1AllergyIntolerance.Map(segment, WriteMode.CreateIfAbsent);
                break;
            case "GT1":
                Gt1RelatedPerson.Map(segment);
                break;
            case "IN1":
                In1Coverage.Map(segment, WriteMode.CreateIfAbsent);
                break;
            case "IN3":
                PatientCareTeam.CaseManager(segment);
                break;
            case "PRT" when before == "PID":
                RolParticipation.ToPatient(segment, mapping.Patient);
                break;
            case "PRT" when before == "PV1" && mapping.Encounter.Exists:
                RolParticipation.ToEncounter(segment, mapping.Encounter);
                break;
            default:
                break;
        }
    }
}
