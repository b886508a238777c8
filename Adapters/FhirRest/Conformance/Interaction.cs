using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.FhirRest.Conformance;

/// <summary>What can be asked of the interface (FHIR R4 3.1.0, restful-interaction), and the operations.</summary>
internal enum Interaction
{
    Capabilities,
    Transaction,
    Read,
    Vread,
    HistoryInstance,
    SearchType,
    Create,
    Update,
    Everything,
    Match,
    Pix,
}

/// <summary>Where an interaction is mapped, below /fhir.</summary>
/// <param name="Template">Segments; {type}, {id} and {version} stand for any one segment.</param>
internal sealed record InteractionRoute(Interaction Interaction, IReadOnlyList<string> Methods, string Template)
{
    /// <summary>The only routes of the interface: the endpoints and the Allow header of a 405 are made from them.</summary>
    public static readonly IReadOnlyList<InteractionRoute> All =
    [
        new(Interaction.Capabilities, ["GET", "HEAD"], "metadata"),
        new(Interaction.Transaction, ["POST"], ""),
        new(Interaction.SearchType, ["GET", "HEAD"], "{type}"),
        new(Interaction.SearchType, ["POST"], "{type}/_search"),
        new(Interaction.Create, ["POST"], "{type}"),
        new(Interaction.Read, ["GET", "HEAD"], "{type}/{id}"),
        new(Interaction.Update, ["PUT"], "{type}/{id}"),
        new(Interaction.HistoryInstance, ["GET", "HEAD"], "{type}/{id}/_history"),
        new(Interaction.Vread, ["GET", "HEAD"], "{type}/{id}/_history/{version}"),
        new(Interaction.Everything, ["GET", "HEAD"], "{type}/{id}/$everything"),
        new(Interaction.Match, ["POST"], "{type}/$match"),
        new(Interaction.Pix, ["GET", "HEAD"], "{type}/$ihe-pix"),
    ];

    /// <summary>The methods that a path takes: none where nothing is there.</summary>
    /// <returns>Rejection ResourceTypeUnsupported for an unknown type, ResourceNotFound for a path of no known shape.</returns>
    public static Result<IReadOnlyList<string>> MethodsOf(string path)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var shaped = All.Where(route => route.Fits(segments)).ToList();
        if (shaped.Count == 0) return new Rejection(RejectionCode.ResourceNotFound, "Nothing of the FHIR interface has this address");
        var named = shaped.Where(route => !route.Template.StartsWith('{')).ToList();
        if (named.Count > 0) return Joined(named);

        var type = ResourceType.Find(segments[0]);
        if (type is null) return new Rejection(RejectionCode.ResourceTypeUnsupported, "The capability statement at /fhir/metadata lists the supported types");
        var supported = shaped.Where(route => type.Supports(route.Interaction)).ToList();
        return supported.Count == 0 ? new Rejection(RejectionCode.ResourceNotFound, "This type has nothing at this address") : Joined(supported);
    }

    private static string[] Joined(IEnumerable<InteractionRoute> routes) => [.. routes.SelectMany(route => route.Methods).Distinct(StringComparer.Ordinal)];

    private bool Fits(string[] segments)
    {
        var parts = Template.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == segments.Length
            && parts.Zip(segments).All(pair => (pair.First.StartsWith('{') && !pair.Second.StartsWith('$')) || pair.First.Equals(pair.Second, StringComparison.Ordinal));
    }
}
