using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Fhir.Merging;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>
/// The ADT structures (ADT_A01, A02, A03, A05, A06, A09, A12, A15 to A17, A21, A24, A37 to A39, A43 to A45, A50 to A54, A60, A61; HL7
/// v2.8.2 3.3): the same segments in nearly the same order, so one map reads them all, patient by patient, and each event adds what is
/// its own. Segments are taken as they come: a message that bends the grammar still comes through.
/// </summary>
internal static class AdtVisit
{
    private const string PlannedEnd = "http://hl7.org/fhir/5.0/StructureDefinition/extension-Encounter.plannedEndDate";

    /// <summary>What an event adds for one patient, once all of his segments are mapped.</summary>
    public delegate void Effect(Mapping mapping);

    public static void Map(Mapping mapping) => Map(mapping, null);

    /// <summary>A13, cancel discharge: what the discharge had brought goes from the record.</summary>
    public static void CancelDischarge(Mapping mapping) => Map(mapping, static mapping =>
    {
        if (!mapping.Encounter.Exists) return;
        var draft = mapping.Resources.Of(mapping.Encounter);
        if (!mapping.Encounter.Find("period").Has("end")) draft.Delete("period.end");
        if (!mapping.Encounter.Find("hospitalization").Has("dischargeDisposition")) draft.Delete("hospitalization.dischargeDisposition");
        if (!mapping.Encounter.Find("hospitalization").Has("destination")) draft.Delete("hospitalization.destination");
    });

    /// <summary>A25, cancel pending discharge: the day that was planned (A16, PV2-9) goes from the record.</summary>
    public static void CancelPendingDischarge(Mapping mapping) => Map(mapping, static mapping =>
    {
        if (mapping.Encounter.Exists) mapping.Resources.Of(mapping.Encounter).Delete(ResourceMerge.ExtensionPrefix + PlannedEnd);
    });

    /// <summary>
    /// A29, delete person: the source has no such person any more, so its own Patient is no longer in use. What was deposited about the
    /// citizen stays: a record that others have read from is not undone by one of those who wrote to it.
    /// </summary>
    public static void DeletePerson(Mapping mapping) => Map(mapping, static mapping => SetActive(mapping, false));

    /// <summary>A01, A04, A28: who comes, or is added, is in use, also where the source had deleted him (A29).</summary>
    public static void AddPerson(Mapping mapping) => Map(mapping, static mapping => SetActive(mapping, true));

    /// <param name="effect">Null where the segments say it all.</param>
    internal static void Map(Mapping mapping, Effect? effect) => Patients(mapping, MshMessageHeader.Map(mapping), effect);

    // The event says it: MSH-9.2.
    private static void SetActive(Mapping mapping, bool active) => mapping.Patient.Set("active", active, mapping.Segments[0][9].First[2].Leaf);

    /// <summary>Maps each PID with what stands behind it.</summary>
    internal static void Patients(Mapping mapping, FhirNode header, Effect? effect)
    {
        for (var pid = mapping.First("PID"); pid.Exists;)
        {
            var next = mapping.First("PID", pid.Index + 1);
            var until = next.Exists ? next.Index : mapping.Segments.Count;
            Patient(mapping, header, pid, until);
            effect?.Invoke(mapping);
            EvnProvenance.Map(mapping);
            pid = next;
        }
    }

    private static void Patient(Mapping mapping, FhirNode header, SegmentValue pid, int until)
    {
        var patient = PidPatient.Map(pid, WriteMode.Merge);
        PidAccount.Map(pid);
        var pv1 = mapping.First("PV1", pid.Index);
        var encounter = pv1.Exists && pv1.Index < until ? Pv1Encounter.Map(pv1, WriteMode.Merge) : default;
        header.ReferItem("focus", encounter);
        header.ReferItem("focus", patient);
        Walk(mapping, patient, encounter, pid.Index, until);
        PidProvenance.Map(pid);
    }

    /// <summary>Maps what stands behind PID and PV1, in the order of the message.</summary>
    /// <param name="from">Place of the first segment of this patient.</param>
    /// <param name="until">Place behind the last one.</param>
    /// <param name="own">Takes the segments that a message maps in its own way: true for what it took.</param>
    internal static void Walk(Mapping mapping, FhirNode patient, FhirNode encounter, int from, int until, Func<SegmentValue, bool>? own = null)
    {
        FhirNode observation = default, allergy = default;
        var before = "";
        for (var at = from; at < until; at++)
        {
            var segment = mapping.Segments[at];
            if (own is not null && own(segment)) continue;
            switch (segment.Name)
            {
                case "PD1":
                    Pd1Patient.Map(segment, patient);
                    break;
                case "MRG":
                    AdtMerge.Map(segment);
                    break;
                case "NK1":
                    Nk1RelatedPerson.Map(segment, patient);
                    break;
                case "PV2":
                    Pv2Encounter.Map(segment, encounter);
                    break;
                case "OBX":
                    observation = ObxObservation.Map(segment, SharingCategory.ObservationsAndLifestyle);
                    break;
                case "NTE" when before == "OBX":
                    NteNote.Map(segment, observation);
                    break;
                case "NTE" when before is "IAM" or "AL1":
                    NteNote.Map(segment, allergy);
                    break;
                case "AL1":
                    allergy = Al1AllergyIntolerance.Map(segment);
                    break;
                case "IAM":
                    allergy = IamAllergyIntolerance.Map(segment);
                    break;
                case "DG1":
                    Dg1Condition.Map(segment, encounter);
                    break;
                case "PR1":
                    Pr1Procedure.Map(segment, encounter);
                    break;
                case "GT1":
                    Gt1RelatedPerson.Map(segment);
                    break;
                case "IN1":
                    In1Coverage.Map(segment);
                    break;
                case "IN3":
                    PatientCareTeam.CaseManager(segment);
                    break;
                case "ROL" or "PRT" when before == "PID":
                    RolParticipation.ToPatient(segment, patient);
                    break;
                case "ROL" or "PRT" when before == "PV1":
                    RolParticipation.ToEncounter(segment, encounter);
                    break;
                case "PRT" when before == "OBX":
                    PrtParticipation.ToObservation(segment, observation);
                    break;
                default:
                    break;
            }

            // PD1 and PV2 only add to what they follow.
            if (segment.Name is "PID" or "PV1" or "OBX" or "PR1" or "IN1" or "NK1" or "DG1" or "AL1" or "IAM" or "GT1") before = segment.Name;
        }
    }
}
