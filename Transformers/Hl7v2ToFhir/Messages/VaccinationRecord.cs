using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Segments;
using EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Vaccination;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>
/// VXU_V04: unsolicited vaccination record (HL7 v2.8.2 4.14.3), and RSP_K11: the answer to a query for one, with its query repeated
/// (query profiles Z32 and Z42 of the CDC implementation guide 1.5; Z31 and Z33 have no record to tell).
/// </summary>
internal static class VaccinationRecord
{
    public static void Map(Mapping mapping)
    {
        var header = MshMessageHeader.Map(mapping);
        MsaMessageHeader.Map(mapping, header);
        header.ReferItem("focus", QpdParameters.Map(mapping));
        var groups = VaccinationGroup.Of(mapping);
        PatientVisit.Map(mapping, groups.Count > 0 ? (groups[0].Orc.Exists ? groups[0].Orc : groups[0].Rxa).Index : mapping.Segments.Count);
        FhirNode recommendations = default;
        foreach (var group in groups)
        {
            var dose = group.IsPlaceholder ? default : RxaImmunization.Map(group);
            header.ReferItem("focus", dose);
            if (dose.Populated) OrderProvenance.Map(new OrderGroup(mapping, group.Orc, default) { Request = dose });
            Remarks(group, dose, ref recommendations);
        }

        header.ReferItem("focus", recommendations);
        if (!header.Has("focus")) header.ReferItem("focus", mapping.Patient);
    }

    private static void Remarks(VaccinationGroup group, FhirNode dose, ref FhirNode recommendations)
    {
        var mapping = group.Mapping;
        if (mapping.SubjectId is null && !mapping.Patient.Populated) return;
        var observations = new Dictionary<int, FhirNode>();
        if (!dose.Exists) group.Rxa[5].Note(CarryReason.NoDose);
        var all = group.Remarks.Where(segment => segment.Name == "OBX").ToLookup(IsTakenBack);
        foreach (var obx in all[true]) Observe(obx);
        foreach (var obxs in ObxGroup.Of(all[false]))
        {
            if (!dose.Exists && ObxRecommendation.IsForecast(obxs))
            {
                ObxRecommendation.Add(ref recommendations, group, obxs);
                foreach (var other in obxs.Segments.Where(obx => !ObxRecommendation.Tells(obx))) Observe(other);
            }
            else if (dose.Exists)
            {
                ObxImmunization.Map(dose, obxs, Observe);
            }
            else
            {
                foreach (var obx in obxs.Segments) Observe(obx);
            }
        }

        FhirNode observation = default;
        foreach (var remark in group.Remarks)
        {
            if (remark.Name == "OBX") observation = observations.GetValueOrDefault(remark.Index);
            else if (remark.Name == "NTE") NteNote.Map(remark, observation.Exists ? observation : dose);
            else if (observation.Exists) PrtParticipation.ToObservation(remark, observation);
            else if (dose.Exists) PrtImmunization.Map(remark, dose);
        }

        // Deleted, wrong, or not to be had: no element of the dose says that of its value.
        static bool IsTakenBack(SegmentValue obx) => obx[11].First.IsOneOf("D"u8, "W"u8) || obx[11].First.Is("X"u8);

        FhirNode Observe(SegmentValue obx)
        {
            var made = ObxObservation.OfAct(obx, dose, SharingCategory.BirthAndImmunisation);
            made.ReferItem("partOf", dose);
            return observations[obx.Index] = made;
        }
    }
}
