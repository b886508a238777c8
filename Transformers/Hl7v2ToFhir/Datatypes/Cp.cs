using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>CP and MO as Money: composite price (HL7 v2.8.2 2A.13), and the amount with its currency in it. Before v2.3 it was a bare number.</summary>
public static class Cp
{
    /// <summary>Sets a Money from CP.1; what kind of price it is (CP.2 to CP.6) has no place there.</summary>
    /// <returns>False where it is no number.</returns>
    public static bool SetMoney(this FhirNode node, string name, Value cp)
    {
        var amount = cp[1];
        if (amount.Leaf < 0) return false;
        if (!Numbers.IsDecimal(amount.Utf8))
        {
            amount.Note(CarryReason.NotANumber);
            return false;
        }

        var money = node.Object(name);
        money.SetDecimal("value", amount); // MO.1
        SetCurrency(money, "currency", amount[2]); // MO.2
        return true;
    }

    /// <summary>Sets an ISO 4217 code, such as HKD.</summary>
    internal static void SetCurrency(FhirNode node, string name, Value currency)
    {
        if (currency.Leaf < 0) return;
        var code = currency.Utf8;
        if (code.Length == 3 && !code.ContainsAnyExceptInRange((byte)'A', (byte)'Z')) node.SetCode(name, currency);
        else currency.Note(CarryReason.NoTableRow);
    }
}
