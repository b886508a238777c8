using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Resources;

/// <summary>
/// What makes a prescription the same one again, for all who speak of it: the placer's order number, else the filler's, else the number
/// of the prescription. One without number is an order of this message alone.
/// </summary>
internal static class MedicationKey
{
    /// <param name="prescription">RXE-15 or RXD-7.</param>
    /// <param name="drug">The code of the drug: tells orders without number apart.</param>
    public static IdKey OfRequest(Mapping mapping, SegmentValue orc, Value prescription, Value drug)
    {
        var key = mapping.Resources.Key("MedicationRequest");
        return AddOrder(key, orc, prescription) ? key : key.Add("message").Add(mapping.ControlId).Add(drug[1]).Add(drug[2]);
    }

    /// <summary>The key of one issue, or of one giving, of the order: the order, and the number that counts them.</summary>
    public static IdKey OfAct(Mapping mapping, string type, SegmentValue orc, Value prescription, params ReadOnlySpan<Value> counters)
    {
        var key = mapping.Resources.Key(type);
        if (!AddOrder(key, orc, prescription)) key.Add("message").Add(mapping.ControlId);
        foreach (var counter in counters) key.Add(counter);
        return key;
    }

    private static bool AddOrder(IdKey key, SegmentValue orc, Value prescription)
    {
        var number = orc[2].First[1].Leaf >= 0 ? orc[2].First : orc[3].First;
        if (number[1].Leaf >= 0) key.Add("order").Add(number[1]).Add(number[2]).Add(number[3]);
        else if (prescription.Leaf >= 0) key.Add("prescription").Add(prescription);
        else return false;
        return true;
    }
}
