using System.Text.Json;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.FhirRest.Exchange;

/// <summary>What a request is answered with: a body, or the issues that refuse it.</summary>
internal sealed record FhirAnswer(int Status)
{
    /// <summary>Writes the one JSON value of the body.</summary>
    public Action<Utf8JsonWriter>? Body { get; init; }

    /// <summary>Version of the resource, for ETag (FHIR R4 3.1.0.6).</summary>
    public string? VersionId { get; init; }

    /// <summary>The answer holds more than the version does, such as links to what came later: it is never told to be as it was.</summary>
    public bool Joined { get; init; }

    public DateTimeOffset? LastModified { get; init; }

    public string? Location { get; init; }

    public IReadOnlyList<string>? Allow { get; init; }

    public IReadOnlyList<Issue> Issues { get; init; } = [];

    public static FhirAnswer Refused(Rejection rejection, string? expression = null) => Refused([new Issue(rejection, expression)]);

    /// <summary>The first issue gives the status.</summary>
    public static FhirAnswer Refused(IReadOnlyList<Issue> issues) =>
        new(RejectionTable.Of(issues[0].Rejection.Code).HttpStatus) { Issues = issues };
}
