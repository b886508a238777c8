using EHealthPlus.Routing.Contracts.Audit;

namespace EHealthPlus.Adapters.Storage.Sqlite.Audit;

/// <summary>What many audit rows share: why, from where, for which provider, on whose behalf.</summary>
internal readonly record struct Circumstance(
    string? PurposeOfUse, string? Address, string? SourceId, string? Certificate, string? ProviderId, string? OnBehalfOf, byte CareRelation)
{
    public static Circumstance Of(AuditEntry entry) => new(
        entry.PurposeOfUse, entry.Origin?.Address, entry.Origin?.SourceId, entry.Origin?.Certificate, entry.ProviderId, entry.OnBehalfOf,
        entry.CareRelation switch { null => 0, false => 1, true => 2 });

    public void WriteTo(AuditChain chain)
    {
        chain.Text(PurposeOfUse);
        chain.Text(Address);
        chain.Text(SourceId);
        chain.Text(Certificate);
        chain.Text(ProviderId);
        chain.Text(OnBehalfOf);
        chain.Flag(CareRelation);
    }
}
