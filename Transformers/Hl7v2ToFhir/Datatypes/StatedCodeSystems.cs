using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.CodeSystems;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>
/// The URIs of the code systems that a message names. A message names few and names them often: each is looked up and written once.
/// </summary>
public sealed class StatedCodeSystems(Mapping mapping)
{
    private const int Kept = 8;

    private readonly (FhirText Name, FhirText Uri)[] known = new (FhirText, FhirText)[Kept];
    private int count;

    internal void Clear() => count = 0;

    /// <param name="name">As in CWE.3 (HL7 table 0396); one that is not known is local to the source.</param>
    public FhirText Of(ReadOnlySpan<byte> name)
    {
        var arena = mapping.Arena;
        for (var at = 0; at < Math.Min(count, Kept); at++)
        {
            if (name.SequenceEqual(arena.Read(known[at].Name))) return known[at].Uri;
        }

        var uri = CodeSystemNames.TryGetUri(name.Trim((byte)' '), out var stated) ? arena.Write(stated) : LocalUri.Of(mapping, name);
        known[count++ % Kept] = (arena.Write(name), uri);
        return uri;
    }
}
