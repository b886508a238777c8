using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.MasterFile;

/// <summary>
/// STF, PRA and ORG: what a member of staff does, where and since when, as PractitionerRole (HL7 v2.8.2 15.4.8, 15.4.6 and 15.4.5; the
/// official maps have none of them). A department is part of its institution; a group practice, and each ORG, is a role of its own.
/// </summary>
internal sealed class StaffRole(FhirNode practitioner, MasterFileRecord record)
{
    /// <summary>The role that STF and PRA tell of.</summary>
    public void Employment(SegmentValue stf, SegmentValue pra)
    {
        pra[12].Drop(DropRule.SetId);
        var institution = CweOrganization.Map(pra[9].HasValue ? pra[9].First : stf[12].First[2]); // PRA-9 STF-12 organization
        var department = CweOrganization.Map(stf[8]); // STF-8 organization
        if (department.Exists) department.Refer("partOf", institution);
        var group = CweOrganization.Map(pra[2]); // PRA-2 organization
        var employer = department.Populated ? department : institution;
        if (group.Populated) Group(group);
        if (!employer.Populated && !stf[4].HasValue && !stf[18].HasValue && !stf[19].HasValue && !pra[3].HasValue && !pra[5].HasValue) return;

        var role = Begin();
        role.Refer("organization", employer);
        role.AddConcepts("code", stf[4]); // STF-4 code
        role.AddConcepts("code", pra[3]); // PRA-3 code
        if (stf[18].HasValue) role.Item("code").SetText("text", stf[18]); // STF-18 code.text
        if (stf[19].First[1].HasValue) Cwe.ToCodeableConcept(role.Item("code"), stf[19].First[1]); // STF-19 code
        role.AddConcepts("specialty", stf[9], TableMaps.HospitalService); // STF-9 specialty
        foreach (var specialty in pra[5]) // PRA-5 specialty
        {
            if (specialty[1].Leaf >= 0) role.Item("specialty").SetText("text", specialty[1]);
        }

        Period(role, pra[8].HasValue ? pra[8].First : stf[12].First[1], pra[10].HasValue ? pra[10].First : stf[13].First[1]); // PRA-8 STF-12 PRA-10 STF-13 period
        Own(role, "employment");
    }

    /// <summary>ORG: a unit of an organization that the practitioner belongs to.</summary>
    public void Unit(SegmentValue org)
    {
        org[1].Drop(DropRule.SetId);
        var unit = org[4].HasValue ? Xon.ToOrganization(org[4]) : CweOrganization.Map(org[2]); // ORG-4 organization
        if (!unit.Populated) return;
        if (org[4].HasValue && org[2].First[1].Leaf >= 0) // ORG-2 organization.identifier
        {
            var identifier = unit.Item("identifier");
            identifier.SetText("value", org[2].First[1]);
            Cwe.SetSystem(identifier, "system", org[2].First[3]);
            identifier.Object("type").SetText("text", org[2].First[2]);
        }

        unit.AddConcepts("type", org[3], TableMaps.ParticipantOrganizationUnitType); // ORG-3 organization.type
        var role = Begin();
        role.Refer("organization", unit);
        role.AddIdentifiers("identifier", org[5]); // ORG-5 identifier
        role.AddConcepts("code", org[6]); // ORG-6 code
        role.AddConcepts("code", org[7]); // ORG-7 code
        role.AddConcepts("specialty", org[8]); // ORG-8 specialty
        Period(role, org[9].First[1], org[9].First[2]); // ORG-9 period
        Own(role, unit.TextOf("id")!);
    }

    private void Group(FhirNode group)
    {
        var role = Begin();
        role.Refer("organization", group);
        Own(role, group.TextOf("id")!);
    }

    private FhirNode Begin()
    {
        var role = record.Mfe.Mapping.Resources.BeginShared("PractitionerRole", record.Mode);
        record.SetActive(role);
        role.Refer("practitioner", practitioner);
        return role;
    }

    private static void Period(FhirNode role, Value start, Value end)
    {
        role.Object("period").SetDateTime("start", start);
        role.Object("period").SetDateTime("end", end);
    }

    private void Own(FhirNode role, string where)
    {
        var resources = record.Mfe.Mapping.Resources;
        resources.Own(role, resources.Key("PractitionerRole").Add(practitioner.Utf8Of("id")).Add(where));
    }
}
