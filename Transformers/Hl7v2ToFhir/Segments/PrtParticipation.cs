using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Devices;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>PRT: who, where and with what device took part in what stands before it. R4 holds it at the resource itself.</summary>
internal static class PrtParticipation
{
    /// <summary>PRT[PractitionerRole], PRT[Observation-Location], PRT[Device] after an OBX.</summary>
    public static void ToObservation(SegmentValue prt, FhirNode observation)
    {
        if (!observation.Exists) return;
        foreach (var person in prt[5]) observation.ReferItem("performer", Person(prt, person)); // PRT-5 XCN[Practitioner]
        foreach (var organization in prt[8]) observation.ReferItem("performer", Xon.ToOrganization(organization)); // PRT-8 XON[Organization]
        foreach (var place in prt[9]) // PRT-9 PL[Location]
        {
            if (Pl.ToLocation(place) is { Populated: true } location)
                observation.Extension("http://hl7.org/fhir/StructureDefinition/event-location").Refer("valueReference", location);
        }

        if (!observation.Has("device")) observation.Refer("device", PrtDevice.Map(prt)); // PRT[Device]
    }

    /// <summary>PRT[PractitionerRole] after an ORC or OBR: the part that table 0443 names decides the element.</summary>
    public static void ToOrder(SegmentValue prt, OrderGroup group)
    {
        foreach (var person in prt[5]) // PRT-5 XCN[Practitioner]
        {
            if (!person.HasValue) continue;
            switch (prt[4].First[1].Text)
            {
                case "OP" when group.Request.Exists && !group.Request.Has("requester"):
                    group.Request.Refer("requester", Person(prt, person));
                    break;
                case "PRI" when group.Report.Exists:
                    group.Report.ReferItem("resultsInterpreter", Person(prt, person));
                    break;
                case "SC" when group.Specimen.Exists && !group.Specimen.Find("collection").Has("collector"):
                    group.Specimen.Object("collection").Refer("collector", Person(prt, person));
                    break;
                case not "OP" and not "SC" when group.Report.Exists:
                    group.Report.ReferItem("performer", Person(prt, person));
                    break;
                default:
                    break;
            }
        }

        if (!group.Report.Exists) return;
        foreach (var organization in prt[8]) group.Report.ReferItem("performer", Xon.ToOrganization(organization)); // PRT-8 XON[Organization]
    }

    private static FhirNode Person(SegmentValue prt, Value person) =>
        Xcn.ToPractitioner(person, prt[14], prt[15]); // PRT-14 XAD[Address] PRT-15 XTN[ContactPoint]
}
