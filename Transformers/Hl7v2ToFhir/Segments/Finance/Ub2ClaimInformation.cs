using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Finance;

/// <summary>
/// UB2: condition, value and occurrence codes of a uniform bill as Claim.supportingInfo (HL7 v2.8.2 6.5.11; the official maps have no UB2).
/// UB1, withdrawn since v2.3, is carried.
/// </summary>
internal static class Ub2ClaimInformation
{
    public static void Map(Mapping mapping, FhirNode claim)
    {
        var ub2 = mapping.First("UB2");
        ub2[1].Drop(DropRule.SetId);
        var number = 0;
        foreach (var code in ub2[3])
        {
            if (code.HasValue) Begin(claim, ref number).SetConcept("code", code); // UB2-3 supportingInfo.code
        }

        foreach (var uvc in ub2[6])
        {
            if (!uvc.HasValue) continue;
            var information = Begin(claim, ref number);
            information.SetConcept("code", uvc[1]); // UB2-6 supportingInfo.code
            if (Numbers.IsDecimal(uvc[2][1].Utf8)) Worth(information.Object("valueQuantity"), uvc[2]); // UB2-6 supportingInfo.value
        }

        foreach (var ocd in ub2[7])
        {
            if (!ocd.HasValue) continue;
            var information = Begin(claim, ref number);
            information.SetConcept("code", ocd[1]); // UB2-7 supportingInfo.code
            information.SetDate("timingDate", ocd[2]); // UB2-7 supportingInfo.timing
        }

        foreach (var osp in ub2[8])
        {
            if (!osp.HasValue) continue;
            var information = Begin(claim, ref number);
            information.SetConcept("code", osp[1]); // UB2-8 supportingInfo.code
            information.Object("timingPeriod").SetDateTime("start", osp[2]); // UB2-8 supportingInfo.timing
            information.Object("timingPeriod").SetDateTime("end", osp[3]); // UB2-8 supportingInfo.timing
        }
    }

    // Supporting information knows no Money: a quantity of the currency says the same.
    private static void Worth(FhirNode quantity, Value mo)
    {
        quantity.SetDecimal("value", mo[1]);
        quantity.Constant("system", "urn:iso:std:iso:4217");
        Cp.SetCurrency(quantity, "code", mo[2]);
    }

    private static FhirNode Begin(FhirNode claim, ref int number)
    {
        var information = claim.Item("supportingInfo");
        FinanceClaim.Sequence(information, ++number);
        information.ConstantObject("category").ConstantItem("coding").Constant("system", "http://terminology.hl7.org/CodeSystem/claiminformationcategory").Constant("code", "info");
        return information;
    }
}
