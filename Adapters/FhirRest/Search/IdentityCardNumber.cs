namespace EHealthPlus.Adapters.FhirRest.Search;

/// <summary>An identity card number as people type it. Its check digit is the index's matter.</summary>
internal static class IdentityCardNumber
{
    /// <returns>Capital letters and digits only: a123456(3) becomes A1234563.</returns>
    public static string Normalise(string typed) =>
        string.Concat(typed.Where(letter => letter is not ('(' or ')' or ' '))).ToUpperInvariant();
}
