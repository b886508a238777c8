using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Datatypes;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;

namespace EHealthPlus.Transformers.FhirToHl7v2.Segments;

/// <summary>The device that an observation was made with: its number in a PRT, and in front of the first observation of a device tree the tree (IHE DEV TF-2, Appendix B).</summary>
internal static class DeviceSegments
{
    /// <summary>Levels of the tree: system, virtual device, channel; the fourth part of a place is the metric.</summary>
    private const int Parts = 4;

    /// <summary>An OBX without value for the device of the observation and each that it is a part of, where none stands there yet.</summary>
    public static void Tree(MessageDraft draft, JsonElement observation, HashSet<string> written)
    {
        var place = ObservationSegments.PlaceOf(observation)?.Split('.') ?? [];
        var chain = ChainOf(draft.Source, observation);
        if (place.Length < Parts) return;
        for (var level = 0; level < Math.Min(chain.Count, Parts - 1); level++)
        {
            if (!written.Add(chain[level].Text("id") ?? "")) continue;
            var obx = draft.AddNumbered("OBX").SetConcept(3, chain[level].Get("type"));
            obx.Set(4, string.Join('.', place.Take(level + 1).Concat(Enumerable.Repeat("0", Parts - 1 - level)))).Set(11, "X").SetEis(18, chain[level].Items("identifier"));
            if (chain[level].Has("identifier") || chain[level].Has("udiCarrier")) Equipment(draft, chain[level]);
        }
    }

    /// <summary>A device that stands alone, behind its observation.</summary>
    public static void Alone(MessageDraft draft, JsonElement observation)
    {
        var chain = ChainOf(draft.Source, observation);
        if (chain.Count > 0 && (ObservationSegments.PlaceOf(observation)?.Split('.').Length ?? 0) < Parts) Equipment(draft, chain[^1]);
    }

    private static void Equipment(MessageDraft draft, JsonElement device)
    {
        var prt = draft.Add("PRT").Set(2, ParticipationSegments.Add).Set(4, "EQUIP").SetEis(10, device.Items("identifier"));
        prt.Set(16, device.First("udiCarrier").Text("deviceIdentifier")).SetTime(17, device.Text("manufactureDate")).SetTime(18, device.Text("expirationDate"));
        prt.Set(19, device.Text("lotNumber")).Set(20, device.Text("serialNumber")).Set(21, device.Text("distinctIdentifier"));
    }

    // From the whole to the part.
    private static List<JsonElement> ChainOf(CanonicalMessage source, JsonElement observation)
    {
        List<JsonElement> chain = [];
        for (var device = source.Resolve(observation.Get("device")); device.Exists() && chain.Count < Parts; device = source.Resolve(device.Get("parent"))) chain.Insert(0, device);
        return chain;
    }
}
