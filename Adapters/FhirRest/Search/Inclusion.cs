using EHealthPlus.Adapters.FhirRest.Conformance;

namespace EHealthPlus.Adapters.FhirRest.Search;

/// <summary>What one _include or _revinclude asks for.</summary>
/// <param name="Reference">The reference to follow.</param>
/// <param name="Target">The only type wanted at its end; null for any.</param>
internal sealed record Inclusion(ReferenceParameter Reference, string? Target);
