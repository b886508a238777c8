namespace EHealthPlus.Routing.Contracts.Notices;

/// <summary>How a citizen is told that a provider looked at the record. Stored as numbers: only appended.</summary>
public enum NoticeChannel
{
    Sms = 1,
    Email = 2,

    /// <summary>A file for the printing house; the channel that always works.</summary>
    Letter = 3,
}

/// <summary>What a citizen chose. The chosen channel comes first, then those that there is an address for, the letter last.</summary>
/// <param name="Mobile">International form, +85291234567.</param>
/// <param name="PostalAddress">Lines; null where the printing house knows it from the registration.</param>
/// <param name="Chinese">Language of the notice: Traditional Chinese, or else English.</param>
public sealed record NoticeChoice(string PersonId, NoticeChannel Channel, string? Mobile, string? Email, string? PostalAddress, bool Chinese)
{
    /// <summary>What holds for a citizen who has chosen nothing: a letter.</summary>
    public static NoticeChoice Unmade(string personId) => new(personId, NoticeChannel.Letter, null, null, null, false);

    /// <summary>The channels in the order in which they are tried.</summary>
    public IReadOnlyList<NoticeChannel> Order =>
        [.. new[] { Channel, NoticeChannel.Sms, NoticeChannel.Email, NoticeChannel.Letter }.Distinct()
            .Where(channel => channel == NoticeChannel.Letter || AddressOf(channel) is not null)];

    public string? AddressOf(NoticeChannel channel) => channel switch
    {
        NoticeChannel.Sms => Mobile,
        NoticeChannel.Email => Email,
        _ => PostalAddress,
    };
}

/// <summary>One access that one citizen is to be told of.</summary>
/// <param name="Key">32 lower-case hexadecimal characters: the same at every try, so that a gateway sends it once.</param>
/// <param name="AccessedAt">Begin of the access.</param>
/// <param name="Step">Which channel of <see cref="NoticeChoice.Order"/> is tried, from 0.</param>
/// <param name="Attempts">Tries on that channel.</param>
public sealed record PendingNotice(
    long Number, string Key, string PersonId, string ProviderId, DateTimeOffset AccessedAt, int Step, int Attempts, NoticeChoice Choice);

/// <summary>A notice as the citizen and the registrar see it.</summary>
/// <param name="Channel">Null while it has not been sent.</param>
public sealed record NoticeStatus(string ProviderId, DateTimeOffset AccessedAt, NoticeChannel? Channel, DateTimeOffset? SentAt);
