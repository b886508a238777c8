using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>The patient and visit in front of the drugs or doses of a message: said in passing, so that it overwrites nothing that is known.</summary>
internal static class PatientVisit
{
    /// <param name="end">Place of the first segment of the orders.</param>
    public static void Map(Mapping mapping, int end)
    {
        var patient = PidPatient.Map(mapping.First("PID"), WriteMode.CreateIfAbsent);
        if (!patient.Exists) return;
        Pv1Encounter.Map(mapping.First("PV1"), WriteMode.CreateIfAbsent);
        var about = new PatientSegments(mapping);
        FhirNode observation = default;
        var before = "";
        for (var at = 0; at < end; at++)
        {
            var segment = mapping.Segments[at];
            switch (segment.Name)
            {
                case "IAM":
                    IamAllergyIntolerance.Map(segment, WriteMode.CreateIfAbsent);
                    break;
                case "DG1":
                    Dg1Condition.Map(segment, mapping.Encounter, WriteMode.CreateIfAbsent);
                    break;
                case "OBX":
                    observation = ObxObservation.Map(segment, SharingCategory.ObservationsAndLifestyle);
                    break;
                case "NTE":
                    NteNote.Map(segment, observation);
                    break;
                case "PRT" when before == "OBX":
                    PrtParticipation.ToObservation(segment, observation);
                    break;
                default:
                    about.Take(segment, before);
                    break;
            }

            if (segment.Name is "PID" or "PV1" or "NK1" or "IN1" or "GT1" or "AL1" or "OBX") before = segment.Name;
        }
    }
}
