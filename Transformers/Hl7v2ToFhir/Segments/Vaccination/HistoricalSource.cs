using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Vaccination;

/// <summary>
/// RXA-9: notes, and by the CDC table NIP001 where the knowledge of a dose comes from. The official map leaves it to guides: 00 is the
/// giver's own record, all others a source told of. A value that is no code is a note.
/// </summary>
internal static class HistoricalSource
{
    public static void Map(FhirNode dose, FieldValue notes)
    {
        foreach (var note in notes)
        {
            if (!note.HasValue) continue;
            if (IsSource(note)) Source(dose, note);
            else dose.Item("note").SetJoined("text", " "u8, note[2].HasValue ? note[2] : note); // RXA-9 note
        }
    }

    private static bool IsSource(Value note) =>
        note[3].Is("NIP001"u8) || (note[3].Leaf < 0 && note[1].Utf8 is [(byte)'0', >= (byte)'0' and <= (byte)'8']);

    private static void Source(FhirNode dose, Value source)
    {
        var own = source[1].Is("00"u8);
        dose.Set("primarySource", own, source[1].Leaf); // RXA-9 primarySource
        if (!own)
        {
            dose.SetConcept("reportOrigin", source); // RXA-9 reportOrigin
            return;
        }

        // R4 has an origin for reports only: of the giver's own record the name of the code says the same.
        dose.AlsoFrom("primarySource", source[2].Leaf);
        dose.AlsoFrom("primarySource", source[3].Leaf);
    }
}
