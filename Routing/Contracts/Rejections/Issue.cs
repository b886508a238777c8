namespace EHealthPlus.Routing.Contracts.Rejections;

/// <summary>One issue of a refusal (FHIR R4 OperationOutcome.issue).</summary>
/// <param name="Expression">FHIRPath of the element at fault (OperationOutcome.issue.expression), or http.QUERY-NAME; null where none is.</param>
public sealed record Issue(Rejection Rejection, string? Expression = null);
