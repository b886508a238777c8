using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Datatypes;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;

namespace EHealthPlus.Transformers.FhirToHl7v2.Segments;

/// <summary>
/// Who performed an observation, out of one list to the fields of OBX: observers (16), producer (15), performing organization with its
/// address (23, 24), who is responsible there (25); what is left is for PRT. The list is in that order.
/// </summary>
internal static class ObservationPerformers
{
    /// <returns>References for which OBX has no place.</returns>
    public static List<JsonElement> Set(SegmentDraft obx, CanonicalMessage source, JsonElement observation)
    {
        var performers = observation.Items("performer").ToList();
        List<JsonElement> others = [];
        for (var at = 0; at < performers.Count; at++)
        {
            var resource = source.Resolve(performers[at]);
            if (resource.Text("resourceType") != "Organization")
            {
                var field = obx.Has(15, 1) || obx.Has(23) ? 25 : 16;
                if (resource.Has("address") || resource.Has("telecom") || (field == 25 && obx.Repetitions(25) > 0)) others.Add(performers[at]);
                else obx.SetPerson(field, source, performers[at]);
            }
            else if (IsProducer(resource) && obx.Repetitions(15) == 0 && obx.Repetitions(23) == 0 && performers.Skip(at + 1).Any(next => source.Organization(next).Exists()))
            {
                obx.SetNumberedOrganization(15, resource);
            }
            else if (obx.Repetitions(23) == 0)
            {
                obx.SetXon(23, resource).SetAddresses(24, resource.Items("address"));
            }
            else
            {
                others.Add(performers[at]);
            }
        }

        return others;
    }

    // A CWE: a number without the kind, check digit or address that an organization of OBX-23 may have.
    private static bool IsProducer(JsonElement organization) => organization.Has("identifier") && !organization.First("identifier").Has("type")
        && !organization.First("identifier").Has("extension") && !organization.Has("_name") && !organization.Has("address");
}
