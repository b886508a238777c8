using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.PersonIndex.Candidates;
using EHealthPlus.Routing.PersonIndex.Enrolling;
using EHealthPlus.Routing.PersonIndex.Reviewing;
using Microsoft.Extensions.DependencyInjection;

namespace EHealthPlus.Routing.PersonIndex;

public static class PersonIndexRegistration
{
    /// <summary>
    /// Registers <see cref="IPersonIndex"/> and <see cref="IPersonDesk"/>. Needs IPersonStore, IPersonLinks, IIdentityReviews, IConsentStore,
    /// IDepositFlow, TimeProvider and logging.
    /// </summary>
    public static IServiceCollection AddPersonIndex(this IServiceCollection services) => services
        .AddSingleton<KnownPersons>()
        .AddSingleton<Enroller>()
        .AddSingleton<CandidateSearch>()
        .AddSingleton<ReviewQueue>()
        .AddSingleton<NumberUnlinking>()
        .AddSingleton<IdentifiedAgain>()

        // The flow works with the index, and the index asks it for a few deposits again.
        .AddSingleton(provider => new Lazy<IDepositFlow>(provider.GetRequiredService<IDepositFlow>))
        .AddSingleton<IPersonIndex, PersonMasterIndex>()
        .AddSingleton<IPersonDesk, PersonDesk>()
        .AddHostedService<BlockKeeping>();
}
