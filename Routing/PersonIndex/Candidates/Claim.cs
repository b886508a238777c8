using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.PersonIndex.Names;

namespace EHealthPlus.Routing.PersonIndex.Candidates;

/// <summary>Who somebody is said to be, as far as it is stated, made ready to be compared with many persons.</summary>
/// <param name="Number">The identity card number, valid; null where none is stated.</param>
/// <param name="OtherNumbers">Numbers of other documents, and card numbers that are not valid.</param>
internal sealed record Claim(NameReading Name, DateOnly? BirthDate, AdministrativeSex? Sex, string? Number, IReadOnlyList<string> OtherNumbers)
{
    public IReadOnlyList<long> Blocks =>
        [.. Candidates.Blocks.Of(Name, BirthDate, Sex, Number is null ? OtherNumbers : [Number, .. OtherNumbers]).Distinct()];
}
