using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>
/// MRG: the visit number that goes up in the one of PV1-19 (A42), is changed into it (A50), or moves with its visit to the patient of the
/// PID (A45). The official maps have no MRG[Encounter]; this follows MRG[Account].
/// </summary>
internal static class MrgEncounter
{
    /// <summary>
    /// The prior Encounter is no visit of its own any more: entered in error, as part of the one that stays, so that what refers to it is
    /// still found. The one that stays keeps the number as an old one.
    /// </summary>
    public static void Merge(SegmentValue mrg)
    {
        var number = mrg[5].First;
        var survivor = mrg.Mapping.Encounter;
        if (number[1].Leaf < 0 || !survivor.Exists) return;
        var prior = Mistaken(mrg.Mapping, number);
        if (prior == survivor) return;
        prior.Refer("partOf", survivor);
        MrgPatient.OldNumber(survivor, number);
    }

    /// <summary>The visit is the patient's from now on. At the citizen whom it is taken from, where the index knows him, it was an error.</summary>
    public static void Move(SegmentValue mrg)
    {
        var mapping = mrg.Mapping;
        var number = mrg[5].First;
        if (number[1].Leaf < 0) return;
        if (mapping.ReturnToPatient(mapping.PatientNumber, prior: true))
        {
            Mistaken(mapping, number);
            mapping.ReturnToPatient(mapping.PatientNumber);
            return;
        }

        // Under another number the visit moves to another Encounter; outside a hub both patients share the space of numbers.
        Merge(mrg);
    }

    /// <summary>A51: PV1-50 takes the place of MRG-6.</summary>
    public static void ChangeAlternateNumber(SegmentValue mrg)
    {
        if (mrg.Mapping.Encounter.Exists) MrgPatient.OldNumber(mrg.Mapping.Encounter, mrg[6].First);
    }

    private static FhirNode Mistaken(Mapping mapping, Value number)
    {
        var prior = mapping.Resources.Begin("Encounter", SharingCategory.EncountersAndAppointments, WriteMode.Merge);
        prior = mapping.Resources.ShareOnce(prior, VisitKey.OfNumber(mapping, number));
        if (prior == mapping.Encounter) return prior;
        Cx.ToIdentifier(prior.Item("identifier"), number);
        prior.Set("status", "entered-in-error");
        // R4 Encounter.class is 1..1; the merge keeps the class that is known.
        prior.Object("class").Constant("system", "http://terminology.hl7.org/CodeSystem/v3-NullFlavor").Set("code", "UNK");
        mapping.ReferToSubject(prior, "subject");
        return prior;
    }
}
