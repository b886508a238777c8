using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>The local URIs of a message. It names few systems and names them often: each is written once.</summary>
internal sealed class LocalUris(Mapping mapping)
{
    private const int Kept = 8;

    private readonly (FhirText Name, FhirText Uri)[] known = new (FhirText, FhirText)[Kept];
    private int count;

    public void Clear() => count = 0;

    public FhirText Of(ReadOnlySpan<byte> name)
    {
        var arena = mapping.Arena;
        for (var at = 0; at < Math.Min(count, Kept); at++)
        {
            if (name.SequenceEqual(arena.Read(known[at].Name))) return known[at].Uri;
        }

        var uri = LocalUri.Write(mapping, name);
        known[count++ % Kept] = (arena.Write(name), uri);
        return uri;
    }
}
