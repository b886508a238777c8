using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>ROL and PRT, PRT[PractitionerRole]: who takes part in the care of the patient, or in the visit, as PractitionerRole.</summary>
internal static class RolParticipation
{
    /// <summary>ROL[Patient-GeneralPractitioner], PRT[Patient-GeneralPractitioner-PractitionerRole]: after PID, for the role PP; others are of the patient's team.</summary>
    public static void ToPatient(SegmentValue segment, FhirNode patient)
    {
        var fields = Fields.Of(segment);
        if (!fields.Role.First[1].Is("PP"u8)) PatientCareTeam.Map(segment);
        else if (Role(segment, fields) is var role && !IsDeleted(patient, "generalPractitioner", segment, role)) patient.ReferItem("generalPractitioner", role);
    }

    /// <summary>ROL[Encounter-PractitionerRole], and PRT in its place: after PV1.</summary>
    public static void ToEncounter(SegmentValue segment, FhirNode encounter)
    {
        if (!encounter.Exists) return;
        var fields = Fields.Of(segment);
        var role = Role(segment, fields);
        if (!role.Populated || IsDeleted(encounter, "participant", segment, role)) return;
        var participant = encounter.Item("participant");
        participant.AddConcepts("type", fields.Role, TableMaps.ProviderRole); // ROL-3 CWE[CodeableConcept]
        participant.Object("period").SetDateTime("start", fields.Begin); // ROL-5 participant[1].period.start
        participant.Object("period").SetDateTime("end", fields.End); // ROL-6 participant[1].period.end
        participant.Refer("individual", role);
    }

    // HL7 tables 0287 and 0206.
    private static bool IsDeleted(FhirNode owner, string list, SegmentValue segment, FhirNode role)
    {
        if (!segment[2].First.IsOneOf("DE"u8, "D"u8)) return false;
        if (role.Populated) segment.Mapping.Resources.Deletes(owner, $"{list}:PractitionerRole/{role.TextOf("id")}");
        return true;
    }

    private static FhirNode Role(SegmentValue segment, Fields fields)
    {
        var resources = segment.Mapping.Resources;
        var person = Xcn.ToPractitioner(fields.Person, fields.Address); // ROL-4 XCN[Practitioner] ROL-11 XAD[Address] PRT-5 PRT-14
        if (!person.Populated) return default;
        segment[2].Drop(DropRule.SegmentAction);
        var role = resources.BeginShared("PractitionerRole");
        if (fields.Instance.HasValue) Ei.ToIdentifier(role.Item("identifier"), fields.Instance); // ROL-1 PRT-1 EI[Identifier-Extension]
        role.Object("period").SetDateTime("start", fields.Begin); // ROL-5 PRT-11 period.start
        role.Object("period").SetDateTime("end", fields.End); // ROL-6 PRT-12 period.end
        role.Refer("practitioner", person);
        var organization = Xon.ToOrganization(fields.Organization); // ROL-14 PRT-8 XON[Organization]
        if (organization.Exists) organization.AddConcepts("type", fields.Unit, TableMaps.ParticipantOrganizationUnitType); // ROL-10 PRT-7 organization(Organization.type)
        role.Refer("organization", organization);
        role.AddConcepts("specialty", fields.Kind); // ROL-9 PRT-6 specialty
        role.AddConcepts("code", fields.Role, TableMaps.ProviderRole); // ROL-3 PRT-4 CWE[CodeableConcept]
        role.ReferItem("location", Pl.ToLocation(fields.Place)); // ROL-13 PRT-9 PL[Location]
        role.AddContacts("telecom", fields.Phone); // ROL-12 PRT-15 XTN[ContactPoint]
        var key = resources.Key("PractitionerRole");
        var instance = fields.Instance.First;
        if (instance[1].Leaf >= 0) key.Add("instance").Add(instance[1]).Add(instance[2]);
        else key.Add(person.Utf8Of("id")).Add(fields.Role.First[1]).Add(fields.Organization.First[1]);
        return resources.Share(role, key);
    }

    /// <summary>The fields that ROL and PRT have in common, under their own numbers.</summary>
    private readonly record struct Fields(
        FieldValue Instance, FieldValue Role, FieldValue Person, FieldValue Begin, FieldValue End, FieldValue Address, FieldValue Phone, FieldValue Place, FieldValue Organization, FieldValue Kind, FieldValue Unit)
    {
        public static Fields Of(SegmentValue segment) => segment.Name == "ROL"
            ? new(segment[1], segment[3], segment[4], segment[5], segment[6], segment[11], segment[12], segment[13], segment[14], segment[9], segment[10])
            : new(segment[1], segment[4], segment[5], segment[11], segment[12], segment[14], segment[15], segment[9], segment[8], segment[6], segment[7]);
    }
}
