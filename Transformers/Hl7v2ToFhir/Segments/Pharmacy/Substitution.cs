using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Pharmacy;

/// <summary>RXO-9, RXE-9, RXD-11: whether another product may be given, or was (HL7 tables 0161 and 0167).</summary>
internal static class Substitution
{
    /// <summary>Sets the code, of the table of its field where it states none.</summary>
    /// <param name="table">Such as v2-0161: AllowSubstitution maps that table to itself.</param>
    public static void Concept(FhirNode substitution, string name, Value code, string table)
    {
        if (!code.HasValue) return;
        if (code.PartCount > 1) Cwe.ToCodeableConcept(substitution.Object(name), code);
        else substitution.Object(name).Item("coding").Constant("system", $"http://terminology.hl7.org/CodeSystem/{table}").SetCode("code", code);
    }

    /// <summary>MedicationDispense.substitution: 3, G and T say that another product was dispensed; all others that none was.</summary>
    public static void Dispensed(FhirNode dispense, Value status)
    {
        bool? was = status[1].Text switch { "3" or "G" or "T" => true, "0" or "1" or "2" or "4" or "5" or "7" or "8" or "N" => false, _ => null };
        if (was is null) return;
        var substitution = dispense.Object("substitution");
        substitution.Set("wasSubstituted", was.Value, status[1].Leaf); // RXD-11 substitution.wasSubstituted
        Concept(substitution, "type", status, "v2-0167"); // RXD-11 substitution.type
    }
}
