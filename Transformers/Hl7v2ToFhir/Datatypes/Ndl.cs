using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>NDL[PractitionerRole]: name with date and location (HL7 v2.8.2 2A.47), as the interpreters and technicians of OBR-32 to OBR-35.</summary>
internal static class Ndl
{
    /// <returns>The Practitioner; the PractitionerRole where a time or place is stated too; no node where nobody is named.</returns>
    public static FhirNode ToPractitioner(Value ndl)
    {
        var person = Xcn.CnnToPractitioner(ndl[1]); // NDL.1 CNN[Practitioner]
        if (!person.Populated || ndl.PartCount == 1) return person;
        var place = Pl.OfNdl(ndl); // NDL.4 NDL.5 NDL.6 NDL.7 NDL.10 NDL.11
        if (!place.Populated && !ndl[2].HasValue && !ndl[3].HasValue) return person;
        var resources = ndl.Mapping.Resources;
        var role = resources.BeginMentioned("PractitionerRole");
        role.Object("period").SetDateTime("start", ndl[2]); // NDL.2 period.start
        role.Object("period").SetDateTime("end", ndl[3]); // NDL.3 period.end
        role.ReferItem("location", place);
        role.Refer("practitioner", person);
        return resources.Share(role, resources.Key("PractitionerRole").Add("NDL").Add(person.Utf8Of("id")).Add(place.Populated ? place.TextOf("id")! : "").Add(ndl[2]).Add(ndl[3]));
    }
}
