using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Datatypes;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;

namespace EHealthPlus.Transformers.FhirToHl7v2.Segments;

/// <summary>AUT from the ClaimResponse to a preauthorization (HL7 v2.8.2 11.8.2).</summary>
internal static class AuthorisationSegments
{
    // The words are those that the way in writes.
    private static readonly (int Field, string What)[] Amounts =
    [
        (7, "Reimbursement limit"), (8, "Requested number of treatments"), (9, "Authorized number of treatments"), (18, "Authorized number of treatments or units"),
        (19, "Used number of treatments or units"), (20, "Scheduled number of treatments or units"), (22, "Remaining benefit"),
    ];

    public static void Write(MessageDraft draft, JsonElement authorisation)
    {
        var source = draft.Source;
        var insurer = source.Resolve(authorisation.Get("insurer"));
        var aut = draft.Add("AUT").SetNumberedOrganization(2, insurer).Set(3, insurer.Text("name"));
        aut.SetTime(4, authorisation.Get("preAuthPeriod").Text("start")).SetTime(5, authorisation.Get("preAuthPeriod").Text("end"));
        if (authorisation.Has("identifier")) aut.SetEi(6, authorisation.First("identifier"));
        else aut.Set(6, authorisation.Text("preAuthRef"));
        foreach (var (field, what) in Amounts)
        {
            var item = authorisation.Items("adjudication").FirstOrDefault(item => item.Get("category").Text("text") == what);
            aut.Set(field, item.Text("value") ?? item.Get("amount").Text("value")).Set(field, item.Get("amount").Text("currency"), 1, 2);
        }

        aut.SetTime(10, authorisation.Text("created"));
        aut.Set(17, authorisation.Text("disposition")).SetOrganization(23, source, authorisation.Get("requestor")).SetPerson(24, source, authorisation.Get("requestor"));
        aut.SetLines(28, authorisation.First("processNote").Text("text"));
    }
}
