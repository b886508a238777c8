using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Devices;

/// <summary>PRT[Device] and EI[Device-udiCarrier]: the device that took part in what stands before the PRT.</summary>
internal static class PrtDevice
{
    /// <returns>No node where the PRT names no device.</returns>
    public static FhirNode Map(SegmentValue prt)
    {
        var (number, carrier) = (prt[10].First, prt[16].First);
        if (!number.HasValue && !carrier.HasValue && !prt[20].HasValue) return default;
        var mapping = prt.Mapping;
        var device = mapping.Resources.BeginMentioned("Device");
        if (number.HasValue) Ei.ToIdentifier(device.Item("identifier"), number); // PRT-10 EI[Identifier-Extension]
        Fill(device, prt);
        var key = mapping.Resources.Key("Device");
        if (number.HasValue) key.Add(number[1]).Add(number[3]);
        else key.Add("udi").Add(carrier[1]).Add(prt[20]);
        return mapping.Resources.Share(device, key);
    }

    /// <summary>Adds what the PRT says of a device that is known already; its number is said there too.</summary>
    public static void Fill(FhirNode device, SegmentValue prt)
    {
        if (prt[16].First[1].Leaf >= 0) device.Item("udiCarrier").SetText("deviceIdentifier", prt[16].First[1]); // PRT-16 EI[Device-udiCarrier] EI.1 udiCarrier.deviceIdentifier
        device.SetDateTime("manufactureDate", prt[17]); // PRT-17 manufactureDate
        device.SetDateTime("expirationDate", prt[18]); // PRT-18 expirationDate
        device.SetText("lotNumber", prt[19]); // PRT-19 lotNumber
        device.SetText("serialNumber", prt[20]); // PRT-20 serialNumber
        device.SetText("distinctIdentifier", prt[21].First[1]); // PRT-21 distinctIdentifier
        if (HasType(device, prt[22].First[1].Text)) prt[22].Drop(DropRule.SameAsOther);
        else device.SetConcept("type", prt[22]); // PRT-22 CNE[CodeableConcept]
    }

    // The OBX of a device tree says the type of its device too.
    private static bool HasType(FhirNode device, string code)
    {
        if (code.Length == 0 || device.Find("type") is not { Exists: true } type) return false;
        foreach (var coding in type.Items("coding"))
        {
            if (coding.TextOf("code") == code) return true;
        }

        return false;
    }
}
