using EHealthPlus.Adapters.FhirRest.Decisions;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Adapters.FhirRest.Reading;

/// <summary>Which versions of a resource are asked for.</summary>
/// <param name="Id">Version id; null for the current version, or for all.</param>
internal readonly record struct VersionsAsked(string? Id, bool All)
{
    public static readonly VersionsAsked Current = new(null, false);
    public static readonly VersionsAsked History = new(null, true);
}

/// <summary>A resource that is there, before anybody has decided whether it may be seen.</summary>
/// <param name="Categories">The sharing categories of the versions asked for; null where no category stands in the way.</param>
/// <param name="ServeAsync">The versions asked for that the grant covers, newest first; may be none.</param>
internal sealed record FoundResource(
    DataScope Scope, string? PersonId, IReadOnlyCollection<SharingCategory>? Categories,
    Func<Grant, CancellationToken, Task<IReadOnlyList<ServedResource>>> ServeAsync);
