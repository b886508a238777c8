using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Pharmacy;

/// <summary>
/// The ORDER group of the pharmacy messages: one ORC, the order as it was given (RXO) and as the pharmacy encoded it (RXE), and what
/// was dispensed, is to be given, or was administered (RXD, RXG, RXA). Each part can be absent.
/// </summary>
internal sealed class PharmacyGroup
{
    private PharmacyGroup(Mapping mapping, int start, int end)
    {
        (Mapping, Start, End) = (mapping, start, end);
        List<SegmentValue> before = [];
        PharmacyPart? part = null;
        for (var at = start; at < end; at++)
        {
            var segment = mapping.Segments[at];
            switch (segment.Name)
            {
                case "ORC":
                    Orc = segment;
                    break;
                case "RXO":
                    part = Ordered ??= new(segment);
                    break;
                case "RXE":
                    part = Encoded ??= new(segment);
                    break;
                case "RXD" or "RXG" or "RXA":
                    Acts.Add(part = new(segment));
                    break;
                case "TQ1":
                    (part?.Timings ?? before).Add(segment);
                    break;
                case "RXR":
                    part?.Routes.Add(segment);
                    break;
                case "RXC":
                    part?.Components.Add(segment);
                    break;
                case "RXV":
                    part?.Infusions.Add(segment);
                    break;
                case "CDO":
                    part?.Limits.Add(segment);
                    break;
                default:
                    break;
            }
        }

        // A TQ1 in front of all parts is about the order: of the one who gave it where his words are here too.
        Timings = before;
        (Ordered ?? Encoded)?.Timings.InsertRange(0, before);
    }

    public Mapping Mapping { get; }

    /// <summary>Place of its first segment in the message.</summary>
    public int Start { get; }

    /// <summary>Place behind its last segment.</summary>
    public int End { get; }

    public SegmentValue Orc { get; }

    public PharmacyPart? Ordered { get; }

    public PharmacyPart? Encoded { get; }

    /// <summary>RXD, RXG or RXA.</summary>
    public List<PharmacyPart> Acts { get; } = [];

    /// <summary>TQ1 behind the ORC.</summary>
    public List<SegmentValue> Timings { get; }

    /// <summary>The MedicationRequest.</summary>
    public FhirNode Request { get; set; }

    /// <summary>The part that starts at that segment, or null.</summary>
    public PharmacyPart? At(int index)
    {
        if (Ordered?.Segment.Index == index) return Ordered;
        return Encoded?.Segment.Index == index ? Encoded : Acts.Find(act => act.Segment.Index == index);
    }

    /// <summary>All groups of a message. One without ORC starts at its first RX segment.</summary>
    public static IEnumerable<PharmacyGroup> Of(Mapping mapping)
    {
        var segments = mapping.Segments;
        var start = -1;
        for (var at = 0; at < segments.Count; at++)
        {
            if (segments[at].Name != "ORC" && (start >= 0 || segments[at].Name is not ("RXO" or "RXE" or "RXD" or "RXG" or "RXA"))) continue;
            if (start >= 0) yield return new(mapping, start, at);
            start = at;
        }

        if (start >= 0) yield return new(mapping, start, segments.Count);
    }

    /// <summary>The group of one order in a message that has orders of other kinds too.</summary>
    /// <param name="start">Place of its ORC, or of its RXO where it has none.</param>
    public static PharmacyGroup From(Mapping mapping, int start)
    {
        var end = start + 1;
        while (end < mapping.Segments.Count && mapping.Segments[end].Name is not ("ORC" or "OBR" or "RQD" or "RQ1" or "ODS" or "ODT")) end++;
        return new(mapping, start, end);
    }
}
