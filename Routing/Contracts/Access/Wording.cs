namespace EHealthPlus.Routing.Contracts.Access;

/// <summary>One statement in the two languages in which the hub explains itself. Holds no patient data.</summary>
/// <param name="Chinese">Traditional Chinese.</param>
public sealed record Wording(string English, string Chinese);
