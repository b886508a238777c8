using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Vaccination;

/// <summary>The ORDER group of VXU_V04 and RSP_K11: one ORC and RXA, the route, and the observations about them.</summary>
internal sealed class VaccinationGroup(Mapping mapping)
{
    public Mapping Mapping { get; } = mapping;

    public SegmentValue Orc { get; private set; }

    public SegmentValue Rxa { get; private set; }

    public SegmentValue Rxr { get; private set; }

    /// <summary>OBX, and NTE and PRT between them, in their order.</summary>
    public List<SegmentValue> Remarks { get; } = [];

    /// <summary>
    /// True where nothing is told of a dose: 998 is "no vaccine administered" (CVX), which carries a forecast or an immunity.
    /// </summary>
    public bool IsPlaceholder => !Rxa.Exists || (Rxa[5].First[1].Is("998"u8) && !Rxa[18].HasValue);

    public static List<VaccinationGroup> Of(Mapping mapping)
    {
        List<VaccinationGroup> groups = [];
        VaccinationGroup? group = null;
        foreach (var segment in mapping.Segments)
        {
            // Before v2.5 an RXA may stand without ORC.
            if (segment.Name == "ORC" || (segment.Name == "RXA" && group is not { Rxa.Exists: false })) groups.Add(group = new(mapping));
            if (group is null) continue;
            switch (segment.Name)
            {
                case "ORC":
                    group.Orc = segment;
                    break;
                case "RXA":
                    group.Rxa = segment;
                    break;
                case "RXR" when !group.Rxr.Exists:
                    group.Rxr = segment;
                    break;
                case "OBX" or "NTE" or "PRT":
                    group.Remarks.Add(segment);
                    break;
                default:
                    break;
            }
        }

        return groups;
    }
}
