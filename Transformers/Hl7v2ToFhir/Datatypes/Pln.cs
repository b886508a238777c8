using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>PLN[Identifier]: a practitioner's licence or other id number (HL7 v2.8.2 2A.54).</summary>
public static class Pln
{
    public static void ToIdentifier(FhirNode identifier, Value pln)
    {
        identifier.SetText("value", pln[1]); // PLN.1 value
        Cx.SetType(identifier, pln[2]); // PLN.2 type.coding.code
        if (pln[3].Leaf >= 0) identifier.Set("system", LocalUri.Of(pln.Mapping, pln[3].Utf8), pln[3].Leaf); // PLN.3 system
        identifier.Object("period").SetDateTime("end", pln[4]); // PLN.4 period.end
    }
}
