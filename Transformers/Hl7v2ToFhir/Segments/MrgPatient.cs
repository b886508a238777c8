using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>MRG: the patient number that goes up in the one of PID (HL7 v2.8.2 3.4.9). Both Patients link to each other; the prior one is inactive.</summary>
public static class MrgPatient
{
    public static void Map(SegmentValue mrg, FhirNode survivor)
    {
        if (!mrg.Exists || !survivor.Exists) return;
        var mapping = mrg.Mapping;
        foreach (var number in mrg[1])
        {
            if (number[1].Leaf < 0) continue;
            var prior = mapping.Resources.Begin("Patient", SharingCategory.PersonalParticulars, WriteMode.Merge);
            mapping.Resources.Own(prior, PatientKey.Of(number));
            Cx.ToIdentifier(prior.Item("identifier"), number); // MRG-1 CX[Identifier]
            prior.Set("active", false);
            prior.AddNames("name", mrg[7]); // MRG-7 XPN[HumanName]
            Link(prior, survivor, "replaced-by");
            Link(survivor, prior, "replaces");
        }
    }

    private static void Link(FhirNode patient, FhirNode other, string type)
    {
        var link = patient.Item("link");
        link.Refer("other", other);
        link.Constant("type", type);
    }
}
