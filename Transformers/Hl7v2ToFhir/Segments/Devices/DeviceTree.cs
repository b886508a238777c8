using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Devices;

/// <summary>
/// The devices of a PCD-01 message (IHE DEV TF-2 3.1, B.8.4): OBX-4 gives each measurement its place in a monitor, as
/// MDS.VMD.channel.metric. An OBX whose metric is 0 and that has no value is the device itself, the virtual device in it, or its channel:
/// a Device, part of the next wider one.
/// </summary>
internal sealed class DeviceTree(Mapping mapping)
{
    private List<(byte[] Place, FhirNode Device)>? known;

    /// <summary>The device of the last OBX, where that was one.</summary>
    public FhirNode Last { get; private set; }

    /// <summary>Makes a Device of an OBX that is one.</summary>
    /// <returns>False where the OBX is a measurement.</returns>
    public bool Takes(SegmentValue obx)
    {
        Last = default;
        if (obx[5].HasValue || !IsPlace(obx[4].First.Utf8) || !TryContainment(obx[4].First.Utf8, out var place)) return false;
        var device = mapping.Resources.BeginMentioned("Device");
        obx[1].Drop(DropRule.SetId);
        foreach (var number in obx[18]) // OBX-18 EI[Identifier-Extension]
        {
            if (number.HasValue) Ei.ToIdentifier(device.Item("identifier"), number);
        }

        device.SetConcept("type", obx[3]); // OBX-3 CWE[CodeableConcept]
        device.Refer("parent", Of(place));
        // X stands in OBX-11 of a device, for it has no result.
        if (obx[11].First.Is("X"u8)) obx[11].Drop(DropRule.NoResult);
        obx[4].Drop(DropRule.PlaceInDevice);
        var key = mapping.Resources.Key("Device").Add("place");
        if (obx[18].HasValue) key.Add(obx[18].First[1]).Add(obx[18].First[3]);
        else if (Of(place) is { Exists: true } parent) key.Add(parent.Utf8Of("id"));
        else key.Add(mapping.ControlId);
        device = mapping.Resources.ShareOnce(device, key.Add(obx[3].First[1]).Add(place));
        (known ??= []).Add((place.ToArray(), Last = device));
        return true;
    }

    /// <summary>Names the device that a measurement was made with.</summary>
    public void Refer(FhirNode observation, SegmentValue obx)
    {
        if (known is null || !IsPlace(obx[4].First.Utf8)) return;
        observation.Refer("device", Of(obx[4].First.Utf8));
    }

    // The nearest device above a place.
    private FhirNode Of(ReadOnlySpan<byte> place)
    {
        if (known is null) return default;
        for (var end = place.LastIndexOf((byte)'.'); end > 0; end = place[..end].LastIndexOf((byte)'.'))
        {
            foreach (var (at, device) in known)
            {
                if (place[..end].SequenceEqual(at)) return device;
            }
        }

        return default;
    }

    private static bool IsPlace(ReadOnlySpan<byte> subId) => subId.Count((byte)'.') >= 3 && !subId.ContainsAnyExceptInRange((byte)'.', (byte)'9');

    // 1.2.1.0 is the channel 1.2.1; 1.0.0.0 the monitor 1.
    private static bool TryContainment(ReadOnlySpan<byte> subId, out ReadOnlySpan<byte> place)
    {
        place = subId;
        while (place.EndsWith(".0"u8)) place = place[..^2];
        return place.Length < subId.Length && !place.IsEmpty;
    }
}
