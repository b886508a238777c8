namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>Patient administration (HL7 v2.8.2 chapter 3).</summary>
internal static class AdtStructures
{
    public static void Register(StructureRegister register)
    {
        // Visits and persons: the segments, and the status that EncounterStatus reads off the event, say it all.
        register.Add(
            "ADT", AdtVisit.Map, "A02", "A03", "A05", "A06", "A07", "A08", "A09", "A10", "A11", "A12", "A14", "A15", "A16", "A21", "A22",
            "A23", "A26", "A27", "A31", "A32", "A33", "A38", "A52", "A53", "A54", "A55", "A60", "A61", "A62");
        register.Add("ADT", AdtVisit.AddPerson, "A01", "A04", "A28");
        register.Add("ADT", AdtVisit.CancelDischarge, "A13");
        register.Add("ADT", AdtVisit.CancelPendingDischarge, "A25");
        register.Add("ADT", AdtVisit.DeletePerson, "A29");
        // Two patients swap their beds: each PV1-3 says where its patient is now.
        register.Add("ADT", AdtVisit.Map, Patients.Several, "A17");
        register.Add("ADT", AdtLink.Link, Patients.Several, "A24");
        register.Add("ADT", AdtLink.Unlink, Patients.Several, "A37");
        // Merges, moves and changed numbers: AdtMerge reads off the event what MRG means.
        register.Add(
            "ADT", AdtVisit.Map, Patients.Several, "A18", "A30", "A34", "A35", "A36", "A39", "A40", "A41", "A42", "A43", "A44", "A45", "A46", "A47", "A49",
            "A50", "A51");
    }
}
