using System.Globalization;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Devices;

/// <summary>
/// NA[SampledData], and MA in the same style: a series of numbers (HL7 v2.8.2 2A.44, 2A.39). R4 asks how long it is from one to the
/// next; where the message says a rate from which that comes out even, it is SampledData, else the numbers are text.
/// </summary>
internal static class Waveform
{
    /// <param name="multiplexed">MA: each repetition holds one sample of each channel; in NA they all are one channel.</param>
    /// <returns>False where it can't be SampledData.</returns>
    public static bool Set(FhirNode observation, SegmentValue obx, bool multiplexed)
    {
        var all = obx[5].All;
        if (PeriodOf(obx) is not { } period || !AreNumbers(all, out var room)) return false;
        var sampled = observation.Object("valueSampledData");
        var origin = sampled.Object("origin").SetRaw("value", sampled.Arena.Write("0"u8));
        Unit.Of(obx[6]).SetOn(origin); // OBX-6 IF OBX-2 IN ("NA", "NM")
        sampled.SetRaw("period", sampled.Arena.Write(period.Text.AsSpan()), period.Leaf);
        var dimensions = multiplexed ? Math.Max(1, obx[5].First.PartCount) : 1;
        sampled.SetRaw("dimensions", sampled.Arena.Write(dimensions.ToString(CultureInfo.InvariantCulture).AsSpan()));
        sampled.SetJoined("data", " "u8, all); // OBX-5 NA[SampledData] NA.1 data NA.2 data NA.3 data NA.4 data
        return room;
    }

    private static bool AreNumbers(Value all, out bool any)
    {
        any = false;
        for (var leaf = all.From; leaf < all.Until; leaf++)
        {
            if (!Numbers.IsDecimal(all.Mapping.Leaves.Utf8(leaf))) return false;
            any = true;
        }

        return any;
    }

    // Milliseconds, from the sampling rate: a channel definition (CD.5) in front of the series, or MDC_ATTR_SAMP_RATE (67981) below its
    // place in the device (IHE DEV TF-2, waveform content).
    private static (string Text, int Leaf)? PeriodOf(SegmentValue obx)
    {
        var segments = obx.Mapping.Segments;
        var place = obx[4].First.Utf8;
        Value rate = default;
        for (var at = obx.Index - 1; at >= 0 && segments[at].Name is "OBX" or "NTE"; at--)
        {
            if (segments[at][2].First.Is("CD"u8)) rate = segments[at][5].First[5];
            else if (IsRateOf(segments[at], place)) rate = segments[at][5].First;
            if (rate.Leaf >= 0) break;
        }

        for (var at = obx.Index + 1; rate.Leaf < 0 && at < segments.Count && segments[at].Name is "OBX" or "NTE"; at++)
        {
            if (IsRateOf(segments[at], place)) rate = segments[at][5].First;
        }

        // A sample in eleven days is the slowest: of less than that the period would be no decimal any more.
        if (rate.Leaf < 0 || !decimal.TryParse(rate.Utf8, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var hertz) || hertz < 0.000001m) return null;
        var period = 1000m / hertz;
        return period * hertz == 1000m && decimal.Round(period, 6) == period ? (period.ToString("0.######", CultureInfo.InvariantCulture), rate.Leaf) : null;
    }

    private static bool IsRateOf(SegmentValue obx, ReadOnlySpan<byte> place) =>
        obx.Name == "OBX" && obx[3].First[1].Is("67981"u8) && !place.IsEmpty && obx[4].First.Utf8 is var below && below.Length > place.Length && below.StartsWith(place) && below[place.Length] == (byte)'.';
}
