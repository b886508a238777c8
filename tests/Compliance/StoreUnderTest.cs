using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Terminology;

namespace EHealthPlus.Tests.Compliance;

/// <summary>A store with data of its own, which can be closed and opened again.</summary>
public abstract class StoreUnderTest : IAsyncDisposable
{
    public abstract IDepositJournal Journal { get; }

    public abstract IDepositStore Deposits { get; }

    public abstract IDepositQueries DepositQueries { get; }

    public abstract IRecordReader Record { get; }

    public abstract IPersonStore Persons { get; }

    public abstract IPersonLinks PersonLinks { get; }

    public abstract IIdentityReviews IdentityReviews { get; }

    public abstract IConsentStore Consents { get; }

    public abstract ISubstituteDecisionMakerStore SubstituteDecisionMakers { get; }

    public abstract ICareRelations CareRelations { get; }

    public abstract IAuditTrail Audit { get; }

    public abstract IRegistry Registry { get; }

    public abstract IProfessionals Professionals { get; }

    public abstract ILocationCertificates LocationCertificates { get; }

    public abstract IPersonAccounts PersonAccounts { get; }

    public abstract IMachineClients MachineClients { get; }

    public abstract IUnmappedCodes UnmappedCodes { get; }

    public abstract IInstanceStore Instances { get; }

    public abstract IDicomPeers DicomPeers { get; }

    public abstract IStudyStore Studies { get; }

    public abstract IImagingDesk ImagingDesk { get; }

    public abstract IWorklistStore Worklist { get; }

    public abstract IPerformedStepStore PerformedSteps { get; }

    public abstract Task OpenAsync();

    public abstract Task ReopenAsync();

    public abstract ValueTask DisposeAsync();
}

/// <summary>Opens a store for each test, and removes it afterwards.</summary>
public abstract class StoreCompliance : IAsyncLifetime
{
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected StoreUnderTest Store { get; private set; } = null!;

    protected abstract StoreUnderTest Create();

    public async ValueTask InitializeAsync()
    {
        Store = Create();
        await Store.OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
