using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>
/// What the MRG of an event says (HL7 v2.8.2 3.3, 3.4.9): which prior number goes up in, moves to, or is changed into the one of PID or
/// PV1: that of a patient, of an account, or of a visit.
/// </summary>
internal static class AdtMerge
{
    /// <summary>For the patient and the visit that the walk is at.</summary>
    public static void Map(SegmentValue mrg)
    {
        var number = AdtEvent.Of(mrg.Mapping);
        var staying = MrgPatient.Staying(mrg.Mapping.Pid);
        // A36 merges patient and account together.
        if (number is 18 or 30 or 34 or 36 or 39 or 40 or 43 or 46 or 47) MrgPatient.Map(mrg, mrg.Mapping.Patient, staying, changed: number is 46 or 47);
        if (number is 18 or 35 or 36 or 41 or 49) MrgAccount.Merge(mrg);
        if (number == 44) MrgAccount.Move(mrg);
        // A06 and A07 give the number that the visit had in the other class.
        if (number is 18 or 6 or 7 or 42 or 50) MrgEncounter.Merge(mrg);
        if (number == 45) MrgEncounter.Move(mrg);
        if (number == 51) MrgEncounter.ChangeAlternateNumber(mrg);
        MrgPatient.DropRepeated(mrg, staying);
    }

    /// <summary>Adds a link from one Patient to another.</summary>
    /// <param name="type">Code of link-type.</param>
    public static void Link(FhirNode patient, FhirNode other, string type)
    {
        var link = patient.Item("link");
        link.Refer("other", other);
        link.Constant("type", type);
    }
}
