using EHealthPlus.Routing.Contracts.Identity;

namespace EHealthPlus.Routing.PersonIndex.Candidates;

/// <summary>Finds the persons who could be meant: those who share a blocking key with the claim and weigh enough.</summary>
internal sealed class CandidateSearch(IPersonStore persons)
{
    /// <summary>Bits below which nobody is shown: the date of birth and the sex alone are less, with the family name they are more.</summary>
    public const double Least = 16;

    /// <summary>Persons compared of one key. Some 130 share a sex and a day of birth.</summary>
    private const int MostOfKey = 600;

    /// <returns>The heaviest first.</returns>
    public async Task<IReadOnlyList<Candidate>> FindAsync(Claim claim, int most, CancellationToken cancellationToken)
    {
        var sharing = await persons.FindByBlocksAsync(claim.Blocks, MostOfKey, cancellationToken).ConfigureAwait(false);
        return
        [
            .. sharing.Select(person => Comparison.Of(claim, person)).Where(candidate => candidate.Weight >= Least)
                .OrderByDescending(candidate => candidate.Weight).ThenBy(candidate => candidate.Person.Id, StringComparer.Ordinal).Take(most),
        ];
    }
}
