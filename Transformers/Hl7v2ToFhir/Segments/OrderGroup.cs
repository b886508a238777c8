using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>One order and its results: ORC and OBR, and what is made from them. Either segment can be absent.</summary>
internal sealed class OrderGroup(Mapping mapping, SegmentValue orc, SegmentValue obr)
{
    private List<FhirNode>? told;
    private byte[]? parts;

    public Mapping Mapping { get; } = mapping;

    public SegmentValue Orc { get; } = orc;

    public SegmentValue Obr { get; } = obr;

    /// <summary>False where the group asks for something to be done: what its OBX say then belongs to the request.</summary>
    public bool HasResults { get; init; } = true;

    /// <summary>The order that this one replaces, where the message has both.</summary>
    public FhirNode Replaced { get; init; }

    public FhirNode Request { get; set; }

    public FhirNode Report { get; set; }

    /// <summary>What an alarm tells; nothing where the group is none.</summary>
    public List<FhirNode> Told => told ??= [];

    /// <summary>How many IPC have been read.</summary>
    public int Steps { get; set; }

    /// <summary>The specimen that the next result is from.</summary>
    public FhirNode Specimen { get; set; }

    /// <summary>Specimens of the SPM segments, by their place in the message.</summary>
    public SortedList<int, FhirNode> Specimens { get; } = [];

    public ServiceSection Section { get; } = ServiceSection.Of(obr[24].First.Utf8);

    /// <summary>Begins the key of the report or of a result: part of the order. An order may have hundreds of results, and its own key is made once.</summary>
    public IdKey PartKey(string type)
    {
        parts ??= AddTo(Mapping.Resources.Key(type)).Parts();
        return Mapping.Resources.Key(type, parts).Within();
    }

    /// <summary>Adds what names the order: the filler's number, else the placer's, else patient, service and time, else the message.</summary>
    public IdKey AddTo(IdKey key, bool placerFirst = false)
    {
        var filler = Obr[3].HasValue ? Obr[3].First : Orc[3].First;
        var placer = Obr[2].HasValue ? Obr[2].First : Orc[2].First;
        var number = placerFirst ? (placer.HasValue ? placer : filler) : filler.HasValue ? filler : placer;
        if (number.HasValue)
        {
            // A laboratory may use one number for several services: the service belongs to the key.
            return key.Add(number[1]).Add(number[2]).Add(number[3]).Add(Obr[4].First[1]).Add(Obr[4].First[3]);
        }

        key.Add("unnumbered").Add(Mapping.Patient.Utf8Of("id"));
        key.Add(Obr[4].First[1]).Add(Obr[4].First[2]).Add(Obr[7]);
        return Obr[7].HasValue ? key : key.Add(Mapping.ControlId);
    }
}
