using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.CodeSystems;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>
/// The URIs of the code systems that a message names. A message names few and names them often: each is looked up and written once.
/// </summary>
public sealed class StatedCodeSystems(Mapping mapping)
{
    private const int Kept = 16;

    private readonly (FhirText Name, FhirText Uri, bool Standard)[] known = new (FhirText, FhirText, bool)[Kept];
    private int count;

    internal void Clear() => count = 0;

    /// <param name="name">As in CWE.3 (HL7 table 0396); one that is not known is local to the source.</param>
    public FhirText Of(ReadOnlySpan<byte> name) => Entry(name).Uri;

    /// <summary>True where the name is one that FHIR has a URI for.</summary>
    public bool IsStandard(ReadOnlySpan<byte> name) => Entry(name).Standard;

    private (FhirText Name, FhirText Uri, bool Standard) Entry(ReadOnlySpan<byte> name)
    {
        var arena = mapping.Arena;
        for (var at = 0; at < Math.Min(count, Kept); at++)
        {
            if (name.SequenceEqual(arena.Read(known[at].Name))) return known[at];
        }

        var standard = CodeSystemNames.TryGetUri(name.Trim((byte)' '), out var stated);
        var uri = standard ? arena.Write(stated) : LocalUri.Of(mapping, name);
        return known[count++ % Kept] = (arena.Write(name), uri, standard);
    }
}
