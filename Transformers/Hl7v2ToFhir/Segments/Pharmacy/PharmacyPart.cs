using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Pharmacy;

/// <summary>One RXO, RXE, RXD, RXG or RXA with the segments behind it that say more about it (HL7 v2.8.2 4A.3).</summary>
internal sealed class PharmacyPart(SegmentValue segment)
{
    public SegmentValue Segment { get; } = segment;

    /// <summary>TQ1.</summary>
    public List<SegmentValue> Timings { get; } = [];

    /// <summary>RXR.</summary>
    public List<SegmentValue> Routes { get; } = [];

    /// <summary>RXC.</summary>
    public List<SegmentValue> Components { get; } = [];

    /// <summary>RXV.</summary>
    public List<SegmentValue> Infusions { get; } = [];

    /// <summary>CDO.</summary>
    public List<SegmentValue> Limits { get; } = [];

    /// <summary>What was made of it: notes and observations behind it belong there.</summary>
    public FhirNode Resource { get; set; }
}
