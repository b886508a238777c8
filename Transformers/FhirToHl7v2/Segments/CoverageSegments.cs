using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Datatypes;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.FhirToHl7v2.Segments;

/// <summary>IN1 and IN2 from Coverage (HL7 v2.8.2 6.5.6, 6.5.7).</summary>
internal static class CoverageSegments
{
    public static void Write(MessageDraft draft)
    {
        foreach (var coverage in draft.Source.All("Coverage")) Insurance(draft, coverage);
        var managers = draft.Source.All("CareTeam").SelectMany(team => team.Items("participant")).Where(participant => participant.Items("role").Any(role => role.HasCode("768832004")));
        foreach (var manager in managers) draft.AddNumbered("IN3").Set(21, manager.Get("member").Text("display"));
    }

    private static void Insurance(MessageDraft draft, JsonElement coverage)
    {
        var source = draft.Source;
        var in1 = draft.AddNumbered("IN1");
        var plan = coverage.Items("identifier").FirstOrDefault(identifier => identifier.Get("type").Has("text"));
        if (!plan.Exists()) plan = coverage.First("identifier");
        in1.Set(2, plan.Text("value")).Set(2, plan.Get("type").Text("text"), 2).Set(2, Cwe.SystemName(plan.Text("system")), 3);
        var payor = source.Resolve(coverage.First("payor"));
        in1.SetCxs(3, payor.Items("identifier"));
        in1.Set(4, payor.Text("name")).SetCoding(4, payor.Get("_name").Extension("v2-0204").Get("valueCoding"), TableMaps.OrganizationalNameType, component: 2);
        in1.SetAddresses(5, payor.Items("address")).SetContacts(7, payor.Items("telecom"));
        in1.Set(8, coverage.First("class").Text("value")).Set(9, coverage.First("class").Text("name"));
        var holder = source.Resolve(coverage.Get("policyHolder"));
        in1.SetCxs(10, holder.Items("identifier"));
        if (holder.Exists()) in1.Set(11, holder.Text("name"));
        in1.SetTime(12, coverage.Get("period").Text("start")).SetTime(13, coverage.Get("period").Text("end"));
        in1.SetConcept(15, coverage.Get("type"));
        var subscriber = source.Resolve(coverage.Get("subscriber"));
        if (subscriber.Text("resourceType") == "RelatedPerson")
        {
            in1.SetNames(16, subscriber.Items("name")).SetTime(18, subscriber.Text("birthDate")).SetAddresses(19, subscriber.Items("address"));
            in1.SetMapped(43, subscriber.Text("gender"), TableMaps.AdministrativeSex);
        }

        in1.SetConcept(17, coverage.Get("relationship"), TableMaps.Relationship);
        var subscriberId = coverage.Items("extension").Select(extension => extension.Get("valueIdentifier")).FirstOrDefault(identifier => identifier.Exists());
        // Numbers of the plan that come after IN1-2 are those of the member.
        draft.Add("IN2").SetCxs(61, coverage.Items("identifier").Where(identifier => !identifier.Equals(plan)));
        if (subscriberId.Exists()) in1.SetCx(49, subscriberId);
        else in1.Set(49, coverage.Text("subscriberId"));
    }
}
