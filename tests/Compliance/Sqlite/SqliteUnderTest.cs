using EHealthPlus.Adapters.Storage.Sqlite;
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
using Microsoft.Extensions.Logging.Abstractions;

namespace EHealthPlus.Tests.Compliance.Sqlite;

/// <summary>An embedded store in a folder of its own.</summary>
internal sealed class SqliteUnderTest(long? maximumBytes = null) : StoreUnderTest
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("ehealthplus-store-").FullName;

    public SqliteStore Store { get; private set; } = null!;

    public override IDepositJournal Journal => Store.Journal;

    public override IDepositStore Deposits => Store.Deposits;

    public override IDepositQueries DepositQueries => Store.DepositQueries;

    public override IRecordReader Record => Store.Record;

    public override IPersonStore Persons => Store.Persons;

    public override IPersonLinks PersonLinks => Store.PersonLinks;

    public override IIdentityReviews IdentityReviews => Store.IdentityReviews;

    public override IConsentStore Consents => Store.Consents;

    public override ISubstituteDecisionMakerStore SubstituteDecisionMakers => Store.SubstituteDecisionMakers;

    public override ICareRelations CareRelations => Store.CareRelations;

    public override IAuditTrail Audit => Store.Audit;

    public override IRegistry Registry => Store.Registry;

    public override IProfessionals Professionals => Store.Professionals;

    public override ILocationCertificates LocationCertificates => Store.LocationCertificates;

    public override IPersonAccounts PersonAccounts => Store.PersonAccounts;

    public override IMachineClients MachineClients => Store.MachineClients;

    public override IUnmappedCodes UnmappedCodes => Store.UnmappedCodes;

    public override IInstanceStore Instances => Store.Instances;

    public override IDicomPeers DicomPeers => Store.DicomPeers;

    public override IStudyStore Studies => Store.Studies;

    public override IWorklistStore Worklist => Store.Worklist;

    public override IPerformedStepStore PerformedSteps => Store.PerformedSteps;

    public override IImagingDesk ImagingDesk => Store.ImagingDesk;

    public static SqliteStore In(string folder, long? maximumBytes = null) =>
        new(folder, maximumBytes, TimeProvider.System, NullLogger<SqliteStore>.Instance);

    public override async Task OpenAsync()
    {
        Store = In(Folder, maximumBytes);
        await Store.OpenAsync(TestContext.Current.CancellationToken);
    }

    public override async Task ReopenAsync()
    {
        Store.Dispose();
        await OpenAsync();
    }

    public override ValueTask DisposeAsync()
    {
        Store.Dispose();
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
