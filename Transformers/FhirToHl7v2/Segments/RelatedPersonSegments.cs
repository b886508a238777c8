using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Datatypes;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.FhirToHl7v2.Segments;

/// <summary>NK1 from Patient.contact and the RelatedPerson beside it, and GT1 from the RelatedPerson who is guarantor (HL7 v2.8.2 3.4.5, 6.5.5).</summary>
internal static class RelatedPersonSegments
{
    public static void NextOfKin(MessageDraft draft, JsonElement patient)
    {
        foreach (var contact in patient.Items("contact")) NextOfKin(draft, patient, contact);
    }

    public static void Guarantors(MessageDraft draft)
    {
        foreach (var person in draft.Source.All("RelatedPerson").Where(person => person.Items("relationship").Any(IsGuarantor))) Guarantor(draft, person);
    }

    private static void NextOfKin(MessageDraft draft, JsonElement patient, JsonElement contact)
    {
        var person = draft.Source.All("RelatedPerson").FirstOrDefault(person => CanonicalMessage.IsAbout(person, patient) && person.Items("name").Any(name => Same(name, contact.Get("name"))));
        var organization = draft.Source.Resolve(contact.Get("organization"));
        var agent = organization.First("contact");
        var nk1 = draft.AddNumbered("NK1");
        nk1.SetName(2, contact.Get("name"));
        var relationships = contact.Items("relationship").ToList();
        nk1.SetConcept(3, relationships.FirstOrDefault(), TableMaps.Relationship);
        nk1.SetAddress(4, contact.Get("address"));
        Numbers(nk1, contact, person, agent);
        nk1.SetConcept(7, relationships.Skip(1).FirstOrDefault(), TableMaps.ContactRole);
        nk1.SetTime(8, contact.Get("period").Text("start")).SetTime(9, contact.Get("period").Text("end"));
        if (organization.Exists()) nk1.SetXon(13, organization);
        nk1.SetMapped(15, contact.Text("gender"), TableMaps.AdministrativeSex);
        nk1.SetTime(16, person.Text("birthDate"));
        nk1.SetConcept(20, person.First("communication").Get("language"), TableMaps.PrimaryLanguage);
        Agent(nk1, contact, person, agent);
        nk1.SetCxs(33, person.Items("identifier"));
    }

    // NK1-5 is the number at home, NK1-6 that at work, NK1-40 has the others. Those of the contact person stand at the person alone.
    private static void Numbers(SegmentDraft nk1, JsonElement contact, JsonElement person, JsonElement agent)
    {
        foreach (var telecom in contact.Items("telecom")) nk1.SetContacts(Xtn.IsWork(telecom) ? 6 : 5, [telecom]);
        nk1.SetContacts(31, agent.Exists() ? agent.Items("telecom") : Beyond(person.Items("telecom"), contact.Items("telecom")));
    }

    // Who speaks for the organization, or is to be asked: the names and addresses that the person has beyond those of the contact.
    private static void Agent(SegmentDraft nk1, JsonElement contact, JsonElement person, JsonElement agent)
    {
        var names = Beyond(person.Items("name"), contact.Items("name")).ToList();
        nk1.SetNames(30, agent.Has("name") ? [agent.Get("name"), .. Beyond(names, agent.Items("name"))] : names);
        var addresses = Beyond(person.Items("address"), contact.Items("address")).ToList();
        if (!agent.Has("address"))
        {
            nk1.SetAddresses(32, addresses);
            return;
        }

        // Those in front of the organization's are the person's own.
        var own = addresses.TakeWhile(address => !Same(address, agent.Get("address"))).ToList();
        nk1.SetAddresses(4, own).SetAddresses(32, [agent.Get("address"), .. addresses.Skip(own.Count + 1)]);
    }

    private static void Guarantor(MessageDraft draft, JsonElement person)
    {
        var gt1 = draft.AddNumbered("GT1");
        gt1.SetCxs(2, person.Items("identifier")).SetNames(3, person.Items("name")).SetAddresses(5, person.Items("address"));
        gt1.SetContacts(6, person.Items("telecom").Where(contact => !Xtn.IsWork(contact))).SetContacts(7, person.Items("telecom").Where(Xtn.IsWork));
        gt1.SetTime(8, person.Text("birthDate")).SetMapped(9, person.Text("gender"), TableMaps.AdministrativeSex);
        gt1.SetConcepts(11, person.Items("relationship").Where(relationship => !IsGuarantor(relationship)), TableMaps.Relationship);
        gt1.SetTime(13, person.Get("period").Text("start")).SetTime(14, person.Get("period").Text("end"));
    }

    private static IEnumerable<JsonElement> Beyond(IEnumerable<JsonElement> all, IEnumerable<JsonElement> known)
    {
        var said = known.ToList();
        return all.Where(item => !said.Exists(other => Same(item, other)));
    }

    private static bool Same(JsonElement left, JsonElement right) => left.Exists() && right.Exists() && JsonElement.DeepEquals(left, right);

    private static bool IsGuarantor(JsonElement relationship) => relationship.HasCode("GUAR");
}
