using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Pharmacy;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Vaccination;

/// <summary>PRT[PractitionerRole] behind the ORC of a dose: who ordered or gave it (VXU_V04.ORDER.PRT).</summary>
internal static class PrtImmunization
{
    public static void Map(SegmentValue prt, FhirNode dose)
    {
        var function = prt[4].First[1].Text;
        if (function is not ("OP" or "AP")) return;
        foreach (var person in prt[5]) RxaMedicationAdministration.AddPerformer(dose, Xcn.ToPractitioner(person, prt[14], prt[15]), function); // PRT-5 XCN[Practitioner]
    }
}
