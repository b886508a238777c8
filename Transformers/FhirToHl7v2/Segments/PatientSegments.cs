using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Datatypes;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.FhirToHl7v2.Segments;

/// <summary>PID, PD1, NK1 and MRG from Patient and RelatedPerson (HL7 v2.8.2 3.4.2, 3.4.10, 3.4.5, 3.4.9).</summary>
internal static class PatientSegments
{
    public static void Write(MessageDraft draft)
    {
        var patient = draft.Source.Patient;
        if (!patient.Exists()) return;
        Identify(draft, patient);
        Additional(draft, patient);
        if (draft.Source.MessageType[0] != "ADT") return;
        Merged(draft, patient);
        foreach (var contact in patient.Items("contact")) NextOfKin(draft, contact);
    }

    private static void Identify(MessageDraft draft, JsonElement patient)
    {
        var pid = draft.AddNumbered("PID");
        pid.SetCxs(3, patient.Items("identifier").Where(identifier => LocalName.Of(identifier.Text("system")) is not null || !identifier.Has("type") || Cx.TypeOf(identifier) is not ("SB" or "DL")));
        pid.SetNames(5, patient.Items("name"));
        pid.Set(6, patient.Extension("patient-mothersMaidenName").Text("valueString"));
        pid.SetTime(7, patient.Get("_birthDate").Extension("patient-birthTime").Text("valueDateTime") ?? patient.Text("birthDate"));
        pid.SetMapped(8, patient.Text("gender"), TableMaps.AdministrativeSex);
        pid.SetAddresses(11, patient.Items("address"));
        pid.SetContacts(13, patient.Items("telecom").Where(contact => !Xtn.IsWork(contact)));
        pid.SetContacts(14, patient.Items("telecom").Where(Xtn.IsWork));
        pid.SetConcept(15, patient.First("communication").Get("language"), TableMaps.PrimaryLanguage);
        pid.SetConcept(16, patient.Get("maritalStatus"), TableMaps.MaritalStatus);
        pid.SetConcept(17, patient.Extension("patient-religion").Get("valueCodeableConcept"), TableMaps.Religion);
        if (patient.Items("identifier").FirstOrDefault(identifier => Cx.TypeOf(identifier) == "SB") is { ValueKind: JsonValueKind.Object } social) pid.Set(19, social.Text("value"));
        pid.Set(23, patient.Extension("patient-birthPlace").Get("valueAddress").Text("text"));
        pid.Set(24, patient.Has("multipleBirthInteger") ? "Y" : YesNo(patient.Text("multipleBirthBoolean"))).Set(25, patient.Text("multipleBirthInteger"));
        pid.SetTime(29, patient.Text("deceasedDateTime"));
        pid.Set(30, patient.Has("deceasedDateTime") ? "Y" : YesNo(patient.Text("deceasedBoolean")));
    }

    private static void Additional(MessageDraft draft, JsonElement patient)
    {
        var pd1 = draft.Add("PD1");
        foreach (var doctor in patient.Items("generalPractitioner")) pd1.SetOrganization(3, draft.Source, doctor);
        foreach (var doctor in patient.Items("generalPractitioner")) pd1.SetPerson(4, draft.Source, doctor);
        pd1.Set(14, patient.Extension("patient-congregation").Text("valueString"));
    }

    // The Patients that the surviving one replaces.
    private static void Merged(MessageDraft draft, JsonElement patient)
    {
        foreach (var link in patient.Items("link").Where(link => link.Text("type") == "replaces"))
        {
            var prior = draft.Source.Resolve(link.Get("other"));
            if (!prior.Exists()) continue;
            draft.Add("MRG").SetCxs(1, prior.Items("identifier")).SetNames(7, prior.Items("name"));
        }
    }

    private static void NextOfKin(MessageDraft draft, JsonElement contact)
    {
        var person = draft.Source.All("RelatedPerson").FirstOrDefault(person => Same(person.First("name"), contact.Get("name")));
        var nk1 = draft.AddNumbered("NK1");
        nk1.SetName(2, contact.Get("name"));
        var relationships = contact.Items("relationship").ToList();
        nk1.SetConcept(3, relationships.FirstOrDefault(), TableMaps.Relationship);
        nk1.SetAddress(4, contact.Get("address"));
        nk1.SetContacts(5, contact.Items("telecom").Where(telecom => !Xtn.IsWork(telecom)));
        nk1.SetContacts(6, contact.Items("telecom").Where(Xtn.IsWork));
        nk1.SetConcept(7, relationships.Skip(1).FirstOrDefault(), TableMaps.ContactRole);
        nk1.SetTime(8, contact.Get("period").Text("start")).SetTime(9, contact.Get("period").Text("end"));
        nk1.SetOrganization(13, draft.Source, contact.Get("organization"));
        nk1.SetMapped(15, contact.Text("gender"), TableMaps.AdministrativeSex);
        nk1.SetTime(16, person.Text("birthDate"));
        nk1.SetConcept(20, person.First("communication").Get("language"), TableMaps.PrimaryLanguage);
        var agent = draft.Source.Resolve(contact.Get("organization")).First("contact");
        nk1.SetName(30, agent.Get("name")).SetContacts(31, agent.Items("telecom"));
        if (agent.Has("address")) nk1.SetAddress(32, agent.Get("address"));
        nk1.SetCxs(33, person.Items("identifier"));
    }

    private static bool Same(JsonElement left, JsonElement right) =>
        left.Exists() && right.Exists() && left.Text("family") == right.Text("family") && left.First("given").AsText() == right.First("given").AsText();

    private static string? YesNo(string? boolean) => boolean switch { "true" => "Y", "false" => "N", _ => null };
}
