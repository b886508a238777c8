using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>SFT[Device]: the software that made or changed the message, named by the Provenance of what it brought.</summary>
internal static class SftDevice
{
    /// <summary>Adds an entity for each SFT. They stand right behind the header; the first is of the software that made the message.</summary>
    public static void AddTo(FhirNode provenance, Mapping mapping)
    {
        for (var at = 1; at < mapping.Segments.Count && mapping.Segments[at].Name == "SFT"; at++)
        {
            var device = Map(mapping.Segments[at]);
            if (device.Populated) provenance.Item("entity").Constant("role", at == 1 ? "source" : "revision").Refer("what", device);
        }
    }

    private static FhirNode Map(SegmentValue sft)
    {
        var resources = sft.Mapping.Resources;
        var device = resources.BeginMentioned("Device");
        if (sft[1].HasValue) Xon.SetString(device, "manufacturer", sft[1]); // SFT-1 XON[string]
        device.Item("deviceName").Constant("type", "manufacturer-name").SetText("name", sft[3]); // SFT-3 deviceName.name
        device.SetText("modelNumber", sft[4]); // SFT-4 modelNumber
        var version = device.Item("version");
        version.SetText("value", sft[2]); // SFT-2 version.value
        if (sft[2].HasValue && sft[6].HasValue) version.Extension("http://hl7.org/fhir/5.0/StructureDefinition/extension-Device.version.installDate").SetDateTime("valueDateTime", sft[6]); // SFT-6 version.extension[1]
        if (sft[5].HasValue) device.Item("note").SetText("text", sft[5]); // SFT-5 note.text
        return resources.Share(device, resources.Key("Device").Add("software").Add(sft[1].First[1]).Add(sft[3]).Add(sft[2]).Add(sft[4]));
    }
}
