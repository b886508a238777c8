using System.Text.Json;
using EHealthPlus.Adapters.FhirRest.Conformance;
using EHealthPlus.Adapters.FhirRest.Decisions;
using EHealthPlus.Adapters.FhirRest.Exchange;
using EHealthPlus.Adapters.FhirRest.Reading;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.FhirRest.Search;

/// <summary>
/// Finds what _include and _revinclude add to a page of matches. The decision on the search holds for it too: nothing of another person,
/// and no category that was not permitted. What is nobody's, such as a Practitioner, is decided on and recorded as a read of the directory.
/// </summary>
internal sealed class InclusionFinder(IRecordReader record, ResourceFinder finder, RecordGate gate)
{
    /// <summary>Resources included in one page.</summary>
    private const int MostIncluded = 1000;

    /// <summary>Resources of one type that are looked through for references to the matches.</summary>
    private const int MostLookedThrough = 5000;

    private const int LookedThroughAtOnce = 200;

    private static readonly Rejection TooMuch = new(RejectionCode.SearchParameterInvalid, "The matches are referred to by, or refer to, too much: ask for fewer with _count");

    /// <returns>In the order in which they were found, without the matches; or SearchParameterInvalid where there are too many.</returns>
    public async Task<Result<IReadOnlyList<ServedResource>>> FindAsync(
        FhirRequest request, SearchRequest search, IReadOnlyList<StoredResource> matches, Grant grant, CancellationToken cancellationToken)
    {
        if (matches.Count == 0 || (search.Includes.Count == 0 && search.ReverseIncludes.Count == 0)) return Array.Empty<ServedResource>();
        var known = matches.Select(match => new ResourceKey(match.Type, match.Id)).ToHashSet();
        var referring = new List<StoredResource>();
        foreach (var reverse in search.ReverseIncludes)
        {
            if (!await AddReferringAsync(reverse.Reference, known, grant, referring, cancellationToken)) return TooMuch;
        }

        var pointedAt = matches.SelectMany(match => Pointers(match, search.Includes)).Distinct().Where(key => !known.Contains(key)).ToList();
        if (pointedAt.Count + referring.Count > MostIncluded) return TooMuch;
        var found = (await record.ReadCurrentAsync(pointedAt, cancellationToken)).Concat(referring)
            .DistinctBy(resource => new ResourceKey(resource.Type, resource.Id)).Where(resource => !known.Contains(new(resource.Type, resource.Id)))
            .Where(resource => resource.PersonId is null || (resource.PersonId == grant.Person?.Id && grant.Covers(resource.Category)))
            .Where(resource => SmartScope.Allows(request.Http.HttpContext.User, 'r', resource.Type)).ToList();
        if (!await DirectoryAllowedAsync(request, found, cancellationToken)) found.RemoveAll(resource => resource.PersonId is null);

        var included = found.Select(resource => ServedResource.From(JoinedLinks.Into(resource, grant))).ToList();
        if (grant.Person is { } person && pointedAt.Contains(new("Patient", person.Id)) && grant.Covers(SharingCategory.PersonalParticulars)
            && SmartScope.Allows(request.Http.HttpContext.User, 'r', "Patient"))
        {
            included.Insert(0, await finder.ComposeIndexPatientAsync(person, grant, cancellationToken));
        }

        return included;
    }

    private static IEnumerable<ResourceKey> Pointers(StoredResource match, IReadOnlyList<Inclusion> includes)
    {
        using var document = JsonDocument.Parse(match.Json);
        var root = document.RootElement;
        return [.. includes.SelectMany(include => StatedReferences.Of(root, include.Reference.Path)
            .Where(key => include.Target is null ? include.Reference.Targets.Contains(key.Type) : key.Type == include.Target))];
    }

    /// <returns>False where there is too much to look through.</returns>
    private async Task<bool> AddReferringAsync(
        ReferenceParameter reference, HashSet<ResourceKey> matches, Grant grant, List<StoredResource> referring, CancellationToken cancellationToken)
    {
        string? after = null;
        for (var seen = 0; seen < MostLookedThrough; seen += LookedThroughAtOnce)
        {
            var query = new RecordQuery(reference.Type, grant.Person?.Id, [], [], [], [], [], [], grant.Permitted, LookedThroughAtOnce, after);
            var page = await record.SearchAsync(query, cancellationToken);
            grant.EnsureCovers(page);
            referring.AddRange(page.Resources.Select(resource => JoinedLinks.Into(resource, grant)).Where(resource => PointsAt(resource, reference, matches)));
            if (page.Next is null) return true;
            after = page.Next;
        }

        return false;
    }

    private static bool PointsAt(StoredResource resource, ReferenceParameter reference, HashSet<ResourceKey> matches)
    {
        using var document = JsonDocument.Parse(resource.Json);
        return StatedReferences.Of(document.RootElement, reference.Path).Any(matches.Contains);
    }

    private async Task<bool> DirectoryAllowedAsync(FhirRequest request, List<StoredResource> found, CancellationToken cancellationToken)
    {
        var types = found.Where(resource => resource.PersonId is null).Select(resource => resource.Type).Distinct().Order(StringComparer.Ordinal).ToList();
        if (types.Count == 0) return true;
        var ask = new Ask(request.Principal, DataScope.Directory, "search", $"{string.Join(',', types)} included in {request.Type!.Name}", null);
        return (await gate.DecideAsync(ask, cancellationToken)).Accepted;
    }
}
