using EHealthPlus.Routing.Contracts.Audit;

namespace EHealthPlus.Routing.Contracts.Notices;

/// <summary>
/// Notices to citizens. The store itself makes one in the commit of the audit entry of an access, so that none is without the other:
/// for each permitted read of a citizen's record by somebody who acts for a provider, one an access. An access is what one account of one
/// provider reads of one citizen's record within <see cref="Access"/> of its first read.
/// </summary>
public interface INotices
{
    public static readonly TimeSpan Access = TimeSpan.FromMinutes(30);

    /// <summary>Those to be sent now, oldest first.</summary>
    Task<IReadOnlyList<PendingNotice>> DueAsync(DateTimeOffset now, int count, CancellationToken cancellationToken);

    Task SentAsync(long number, NoticeChannel channel, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Is to be tried again.</summary>
    Task PostponeAsync(long number, int step, int attempts, DateTimeOffset dueAt, CancellationToken cancellationToken);

    /// <returns>Null where the citizen has chosen nothing.</returns>
    Task<NoticeChoice?> ChoiceAsync(string personId, CancellationToken cancellationToken);

    /// <summary>Keeps the choice and its audit entry, in one commit.</summary>
    Task ChooseAsync(NoticeChoice choice, AuditEntry audit, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<NoticeStatus>> ListAsync(string personId, int count, CancellationToken cancellationToken);
}
