using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Datatypes;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.FhirToHl7v2.Segments;

/// <summary>PID and PD1 from Patient (HL7 v2.8.2 3.4.2, 3.4.10).</summary>
internal static class PatientSegments
{
    /// <summary>LOINC: advance directive.</summary>
    private const string LivingWill = "75320-2";

    /// <summary>The one patient of the message and his visit, as all messages but ADT have them.</summary>
    public static void WithVisit(MessageDraft draft)
    {
        Write(draft, draft.Source.Patient);
        VisitSegments.Write(draft, draft.Source.Encounter);
    }

    public static void Write(MessageDraft draft, JsonElement patient)
    {
        if (!patient.Exists()) return;
        Identify(draft, patient);
        Additional(draft, patient);
        RoleSegments.CareTeam(draft, patient);
        // A referral says with PRD who his practitioners are.
        if (draft.Source.MessageType[0] == "REF") return;
        foreach (var doctor in patient.Items("generalPractitioner")) RoleSegments.Write(draft, doctor, default);
    }

    /// <summary>True where the Observation is a field of PD1 and no OBX.</summary>
    public static bool IsOfPatient(JsonElement observation) => observation.Get("code").HasCode(LivingWill);

    private static void Identify(MessageDraft draft, JsonElement patient)
    {
        var pid = draft.AddNumbered("PID");
        var identifiers = patient.Items("identifier").Where(identifier => identifier.Text("use") != "old").ToList();
        var social = identifiers.FirstOrDefault(identifier => Cx.TypeOf(identifier) == "SB" && LocalName.Of(identifier.Text("system")) is null);
        var licence = identifiers.FirstOrDefault(identifier => Cx.TypeOf(identifier) == "DL" && !identifier.Get("period").Has("start") && !identifier.Has("extension"));
        pid.SetCxs(3, identifiers.Where(identifier => !identifier.Equals(social) && !identifier.Equals(licence)));
        pid.SetNames(5, patient.Items("name"));
        pid.Set(6, patient.Extension("patient-mothersMaidenName").Text("valueString"));
        pid.SetTime(7, patient.Get("_birthDate").Extension("patient-birthTime").Text("valueDateTime") ?? patient.Text("birthDate"));
        pid.SetMapped(8, patient.Text("gender"), TableMaps.AdministrativeSex);
        pid.SetAddresses(11, patient.Items("address"));
        foreach (var contact in patient.Items("telecom")) pid.SetContacts(FieldOf(contact), [contact]);
        pid.SetConcept(15, patient.First("communication").Get("language"), TableMaps.PrimaryLanguage);
        pid.SetConcept(16, patient.Get("maritalStatus"), TableMaps.MaritalStatus);
        pid.SetConcept(17, patient.Extension("patient-religion").Get("valueCodeableConcept"), TableMaps.Religion);
        foreach (var account in draft.Source.All("Account").Where(account => account.Text("status") == "active" && CanonicalMessage.IsAbout(account, patient)).Take(1))
            pid.SetCx(18, account.Items("identifier").FirstOrDefault(identifier => identifier.Text("use") != "old"));
        pid.Set(19, social.Text("value"));
        pid.Set(20, licence.Text("value")).Set(20, LocalName.Of(licence.Text("system")), 2).SetTime(20, licence.Get("period").Text("end"), 3);
        foreach (var mother in draft.Source.All("RelatedPerson").Where(person => !person.Has("name") && person.Items("relationship").Any(relationship => relationship.HasCode("MTH")) && CanonicalMessage.IsAbout(person, patient)))
            pid.SetCxs(21, mother.Items("identifier"));
        Origin(pid, patient);
        pid.Set(24, patient.Has("multipleBirthInteger") ? "Y" : YesNo(patient.Text("multipleBirthBoolean"))).Set(25, patient.Text("multipleBirthInteger"));
        pid.SetTime(29, patient.Text("deceasedDateTime"));
        pid.Set(30, patient.Has("deceasedDateTime") ? "Y" : YesNo(patient.Text("deceasedBoolean")));
        foreach (var update in draft.Source.Provenances(patient).Where(provenance => provenance.Get("activity").HasCode("UPDATE")))
            pid.SetTime(33, update.Text("recorded")).SetFacility(34, draft.Source.Resolve(update.First("agent").Get("who")));
    }

    private static void Origin(SegmentDraft pid, JsonElement patient)
    {
        pid.Set(23, patient.Extension("patient-birthPlace").Get("valueAddress").Text("text"));
        pid.SetConcepts(26, Parts(patient, "patient-citizenship", "code")).SetConcepts(28, Parts(patient, "patient-nationality", "code"));
        pid.SetConcepts(35, Parts(patient, "patient-animal", "species")).SetConcepts(36, Parts(patient, "patient-animal", "breed"));
    }

    private static void Additional(MessageDraft draft, JsonElement patient)
    {
        var pd1 = draft.Add("PD1");
        foreach (var doctor in patient.Items("generalPractitioner").Where(doctor => draft.Source.Resolve(doctor).Text("resourceType") != "PractitionerRole"))
            pd1.SetOrganization(3, draft.Source, doctor).SetPerson(4, draft.Source, doctor);
        pd1.SetConcept(6, patient.Extension("patient-disability").Get("valueCodeableConcept"));
        foreach (var will in draft.Source.All("Observation").Where(observation => IsOfPatient(observation) && CanonicalMessage.IsAbout(observation, patient)))
            pd1.SetConcept(7, will.Get("valueCodeableConcept"), TableMaps.LivingWillCode);
        pd1.Set(14, patient.Extension("patient-congregation").Text("valueString"));
    }

    // Version 2.7 made PID-40 of PID-13 and PID-14: a number without use stands there. An e-mail address had none before either.
    private static int FieldOf(JsonElement contact) => contact.Text("use") switch { "work" => 14, null when contact.Text("system") != "email" => 40, _ => 13 };

    private static IEnumerable<JsonElement> Parts(JsonElement patient, string extension, string part) => patient.Items("extension")
        .Where(item => item.Text("url")?.EndsWith("/" + extension, StringComparison.Ordinal) == true).Select(item => item.Extension(part).Get("valueCodeableConcept")).Where(concept => concept.Exists());

    private static string? YesNo(string? boolean) => boolean switch { "true" => "Y", "false" => "N", _ => null };
}
