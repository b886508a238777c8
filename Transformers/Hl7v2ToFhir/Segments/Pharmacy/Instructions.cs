using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Pharmacy;

/// <summary>RXO-6, RXO-7, RXE-7, RXE-21 and their kin: instructions in words or in codes.</summary>
internal static class Instructions
{
    /// <summary>How to take or give it: words are the text of the dosage, codes additional instructions.</summary>
    public static void Dosage(FhirNode dosage, FieldValue instructions)
    {
        List<Value> words = [];
        foreach (var instruction in instructions)
        {
            if (instruction[1].Leaf >= 0) Cwe.ToCodeableConcept(dosage.Item("additionalInstruction"), instruction);
            else if (instruction.HasValue) words.Add(instruction);
        }

        if (words.Count == 0) return;
        // TQ1-11 may have set the text: then it goes on.
        if (dosage.Has("text")) dosage.Item("additionalInstruction").SetJoined("text", "\n"u8, [.. words]);
        else dosage.SetJoined("text", "\n"u8, [.. words]);
    }

    /// <summary>What the pharmacy or the ward is told: notes, for R4 has no element for it.</summary>
    public static void Note(FhirNode resource, FieldValue instructions)
    {
        foreach (var instruction in instructions)
        {
            if (instruction.HasValue) resource.Item("note").SetJoined("text", " "u8, instruction);
        }
    }
}
