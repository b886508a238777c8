using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>
/// LA2[Location] and PL[Location]: a location with its address (HL7 v2.5.1 2.A.40). LA2.1 to LA2.8 are those of PL, LA2.9 to LA2.14 the
/// address. Later versions have a PL in such a field, and the address in another.
/// </summary>
public static class La2
{
    /// <param name="addresses">Address that another field gives for the place.</param>
    /// <returns>No node where the value is absent.</returns>
    public static FhirNode ToLocation(Value place, FieldValue addresses = default)
    {
        if (!place.HasValue) return default;
        // PL has no twelfth component: state, postal code and country are of an address.
        var addressed = place[12].HasValue || place[13].HasValue || place[14].HasValue;
        var location = Pl.ToLocation(place, addressed);
        if (!addressed && !addresses.HasValue) return location;
        var resources = place.Mapping.Resources;
        var more = resources.BeginMentioned("Location");
        if (addresses.HasValue) Xad.ToAddress(more.Object("address"), addresses);
        else Address(more.Object("address"), place);
        // The place may have been named before, with the same address.
        if (!location.Exists) return resources.Share(more, resources.Key("Location").AddAll(place));
        DuplicateResource.Fold(location, more);
        return location;
    }

    private static void Address(FhirNode address, Value place)
    {
        address.AppendText("line", place[9]); // LA2.9 address.line
        address.AppendText("line", place[10]); // LA2.10 address.line
        address.SetText("city", place[11]); // LA2.11 address.city
        address.SetText("state", place[12]); // LA2.12 address.state
        address.SetText("postalCode", place[13]); // LA2.13 address.postalCode
        address.SetText("country", place[14]); // LA2.14 address.country
    }
}
