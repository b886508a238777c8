using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Fhir.Merging;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>
/// A24 and A37 (HL7 v2.8.2 3.3.24, 3.3.37): the Patients of the two PIDs are linked as the same person (link type seealso), or no longer.
/// Senders use A24 for kin too, such as mother and child: where the index knows two citizens, their Patients are not linked.
/// </summary>
internal static class AdtLink
{
    public static void Link(Mapping mapping)
    {
        FhirNode first = default;
        string? firstSubject = null;
        AdtVisit.Map(mapping, mapping =>
        {
            if (!first.Exists)
            {
                (first, firstSubject) = (mapping.Patient, mapping.SubjectId);
                return;
            }

            if (first == mapping.Patient) return;
            if (firstSubject == mapping.SubjectId)
            {
                AdtMerge.Link(first, mapping.Patient, "seealso");
                AdtMerge.Link(mapping.Patient, first, "seealso");
            }
            else
            {
                mapping.Segments[0][9].First[2].Note(CarryReason.TwoCitizens);
            }
        });
    }

    public static void Unlink(Mapping mapping)
    {
        FhirNode first = default;
        AdtVisit.Map(mapping, mapping =>
        {
            if (first.Exists && first != mapping.Patient)
            {
                Unlink(mapping, first, mapping.Patient);
                Unlink(mapping, mapping.Patient, first);
            }

            if (!first.Exists) first = mapping.Patient;
        });
    }

    private static void Unlink(Mapping mapping, FhirNode patient, FhirNode other) =>
        mapping.Resources.Of(patient).Delete($"{ResourceMerge.LinkPrefix}Patient/{other.TextOf("id")}");
}
