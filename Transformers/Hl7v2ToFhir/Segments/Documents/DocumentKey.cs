using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Documents;

/// <summary>What makes a document the same one again: its unique number (TXA-12); without one it is of this message alone.</summary>
internal static class DocumentKey
{
    public static IdKey Of(Mapping mapping, Value number)
    {
        var key = mapping.Resources.Key("DocumentReference");
        return number[1].Leaf >= 0 || number[3].Leaf >= 0
            ? key.Add("document").Add(number[1]).Add(number[2]).Add(number[3])
            : key.Add("message").Add(mapping.ControlId);
    }
}
