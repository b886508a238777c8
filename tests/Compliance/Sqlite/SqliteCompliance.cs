namespace EHealthPlus.Tests.Compliance.Sqlite;

public sealed class SqliteJournal : JournalCompliance
{
    protected override StoreUnderTest Create() => new SqliteUnderTest();
}

public sealed class SqliteDepositStore : DepositStoreCompliance
{
    protected override StoreUnderTest Create() => new SqliteUnderTest();
}

public sealed class SqliteDepositQueries : DepositQueriesCompliance
{
    protected override StoreUnderTest Create() => new SqliteUnderTest();
}

public sealed class SqliteRecordReader : RecordReaderCompliance
{
    protected override StoreUnderTest Create() => new SqliteUnderTest();
}

public sealed class SqliteDateSearch : DateSearchCompliance
{
    protected override StoreUnderTest Create() => new SqliteUnderTest();
}

public sealed class SqlitePersonStore : PersonStoreCompliance
{
    protected override StoreUnderTest Create() => new SqliteUnderTest();
}

public sealed class SqlitePersonLinks : PersonLinksCompliance
{
    protected override StoreUnderTest Create() => new SqliteUnderTest();
}

public sealed class SqliteConsentStore : ConsentStoreCompliance
{
    protected override StoreUnderTest Create() => new SqliteUnderTest();
}

public sealed class SqliteSubstituteDecisionMakers : SubstituteDecisionMakerCompliance
{
    protected override StoreUnderTest Create() => new SqliteUnderTest();
}

public sealed class SqliteCareRelations : CareRelationCompliance
{
    protected override StoreUnderTest Create() => new SqliteUnderTest();
}

public sealed class SqliteAuditTrail : AuditTrailCompliance
{
    protected override StoreUnderTest Create() => new SqliteUnderTest();
}

public sealed class SqliteRegistry : RegistryCompliance
{
    protected override StoreUnderTest Create() => new SqliteUnderTest();
}

public sealed class SqliteUnmappedCodes : UnmappedCodesCompliance
{
    protected override StoreUnderTest Create() => new SqliteUnderTest();
}

public sealed class SqliteCredentials : CredentialCompliance
{
    protected override StoreUnderTest Create() => new SqliteUnderTest();
}

public sealed class SqliteInstanceStore : InstanceStoreCompliance
{
    protected override StoreUnderTest Create() => new SqliteUnderTest();
}

public sealed class SqliteImagingQueries : ImagingQueryCompliance
{
    protected override StoreUnderTest Create() => new SqliteUnderTest();
}

public sealed class SqliteDicomPeers : DicomPeerCompliance
{
    protected override StoreUnderTest Create() => new SqliteUnderTest();
}

public sealed class SqliteStudies : StudyCompliance
{
    protected override StoreUnderTest Create() => new SqliteUnderTest();
}

public sealed class SqliteAccessionJoin : AccessionJoinCompliance
{
    protected override StoreUnderTest Create() => new SqliteUnderTest();
}

public sealed class SqliteWorklist : WorklistCompliance
{
    protected override StoreUnderTest Create() => new SqliteUnderTest();
}

public sealed class SqliteDesk : DeskCompliance
{
    protected override StoreUnderTest Create() => new SqliteUnderTest();
}
