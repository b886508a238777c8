namespace EHealthPlus.Routing.Contracts.Record;

/// <summary>
/// Another half of an examination: an order, a report or a study of the same citizen, from the same provider, under the same accession number
/// (<see cref="ResourceIndex.Accession"/>). Found when the record is read, whichever came first: docs/decisions/0033.
/// </summary>
/// <param name="Category">A reader who may not see it must not learn of it either.</param>
public sealed record JoinedResource(string Type, string Id, SharingCategory Category);
