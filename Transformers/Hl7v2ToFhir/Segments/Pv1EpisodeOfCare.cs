using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>PV1[Encounter] and DG1[EpisodeOfCare]: the service episode that the visit is part of, and what it is for.</summary>
internal static class Pv1EpisodeOfCare
{
    /// <returns>No node where the PV1 names no episode.</returns>
    public static FhirNode Map(SegmentValue pv1, FhirNode encounter)
    {
        if (!pv1[53].HasValue && !pv1[54].HasValue) return default;
        var mapping = pv1.Mapping;
        // EpisodeOfCare.patient is 1..1.
        if (mapping.SubjectId is null && !mapping.Patient.Populated) return default;
        var episode = mapping.Resources.Begin("EpisodeOfCare", SharingCategory.EncountersAndAppointments, WriteMode.Merge);
        episode.AddIdentifiers("identifier", pv1[54]); // PV1-54 episodeOfCare(EpisodeOfCare[1].identifier)
        if (pv1[53].HasValue) episode.Extension("http://hl7.org/fhir/StructureDefinition/resource-instance-description").SetText("valueString", pv1[53]); // PV1-53 episodeOfCare(EpisodeOfCare[1].extension)
        // R4 asks for a status: visits are made in it.
        episode.Constant("status", "active");
        mapping.ReferToSubject(episode, "patient");
        var number = pv1[54].First;
        var key = mapping.Resources.PartOf(mapping.Patient, "EpisodeOfCare");
        episode = mapping.Resources.ShareOnce(episode, number[1].Leaf >= 0 ? key.Add(number[1]).Add(Cx.Authority(number)) : key.Add("described").Add(pv1[53]));
        encounter.ReferItem("episodeOfCare", episode);
        return episode;
    }

    /// <summary>A diagnosis of a visit of the episode: the Condition (DG1-3, DG1-4, DG1-5, DG1-16, DG1-19 to DG1-22) is the visit's.</summary>
    public static void Diagnose(FhirNode episode, SegmentValue dg1, FhirNode condition)
    {
        if (!episode.Exists) return;
        var diagnosis = episode.Item("diagnosis");
        diagnosis.Refer("condition", condition); // DG1-3 diagnosis.condition(Condition.code)
        diagnosis.SetConcept("role", dg1[6], TableMaps.DiagnosisType); // DG1-6 diagnosis.role
        diagnosis.SetPositiveInteger("rank", dg1[15]); // DG1-15 diagnosis.rank
    }
}
