using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Datatypes;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;

namespace EHealthPlus.Transformers.FhirToHl7v2.Segments;

/// <summary>MRG from what a merge left behind: the prior Patients, Account or Encounter, or the number that one of them no longer has (HL7 v2.8.2 3.4.9).</summary>
internal static class MergeSegments
{
    public static void Write(MessageDraft draft, JsonElement patient)
    {
        var source = draft.Source;
        var account = Prior(source, "Account", "inactive");
        var visit = Prior(source, "Encounter", "entered-in-error");
        var replaced = patient.Items("link").Where(link => link.Text("type") == "replaces").Select(link => source.Resolve(link.Get("other"))).Where(prior => prior.Exists()).ToList();
        foreach (var prior in replaced)
        {
            var mrg = draft.Add("MRG").SetCxs(1, prior.Items("identifier")).SetNames(7, prior.Items("name"));
            mrg.SetCx(3, account.First("identifier"));
        }

        if (replaced.Count > 0) return;
        var old = draft.Add("MRG");
        old.SetCx(3, account.First("identifier")).SetCx(5, visit.First("identifier"));
        // A changed number stands at what has it no more; whether it was an alternate one, the event says.
        if (!visit.Exists()) old.SetCx(source.MessageType.ElementAtOrDefault(1) == "A51" ? 6 : 5, Old(source.Encounter));
        if (!account.Exists()) old.SetCx(3, Old(source.All("Account").FirstOrDefault()));
    }

    private static JsonElement Prior(CanonicalMessage source, string type, string status) => source.All(type).FirstOrDefault(resource => resource.Has("partOf") && resource.Text("status") == status);

    private static JsonElement Old(JsonElement resource) => resource.Items("identifier").FirstOrDefault(identifier => identifier.Text("use") == "old");
}
