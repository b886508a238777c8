using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Finance;

/// <summary>FT1 as Claim.item: one charge among those that are claimed (HL7 v2.8.2 6.5.1).</summary>
internal static class ClaimedItem
{
    public static void Add(FhirNode claim, SegmentValue ft1, int number, FhirNode encounter)
    {
        var item = claim.Item("item");
        FinanceClaim.Sequence(item, number);
        item.SetConcept("revenue", ft1[41]); // FT1-41 item.revenue
        Service(item, ft1);
        item.AddConcepts("modifier", ft1[26]); // FT1-26 item.modifier
        if (ft1[4].First[2].Leaf >= 0) Dr.ToPeriod(item.Object("servicedPeriod"), ft1[4]); // FT1-4 item.servicedPeriod
        else item.SetDate("servicedDate", ft1[4].First[1]); // FT1-4 item.servicedDate
        item.Refer("locationReference", Pl.ToLocation(ft1[16])); // FT1-16 item.location
        if (ft1[10].HasValue) Quantities.SetNumber(item.Object("quantity"), ft1[10], default); // FT1-10 item.quantity
        item.SetMoney("unitPrice", ft1[12]); // FT1-12 item.unitPrice
        item.SetMoney("net", ft1[11]); // FT1-11 item.net
        item.ReferItem("encounter", encounter);
    }

    // Item.productOrService is 1..1: the procedure, else the charge.
    private static void Service(FhirNode item, SegmentValue ft1)
    {
        var service = ft1[25].HasValue ? ft1[25] : ft1[7];
        item.SetConcept("productOrService", service); // FT1-25 FT1-7 item.productOrService
        if (!item.Has("productOrService")) item.Object("productOrService").Set("text", "Charge");
    }
}
