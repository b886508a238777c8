namespace EHealthPlus.Adapters.Notices;

/// <summary>Where notices go. A channel without a setting is passed over; letters always go to their folder.</summary>
/// <param name="SmsGateway">URL that takes a POST for each message.</param>
/// <param name="SmsToken">Bearer token of the gateway.</param>
/// <param name="Smtp">smtp://HOST:PORT (STARTTLS is used where the server offers it) or smtps://HOST:PORT; USER:PASSWORD@ before the host signs in, over TLS only.</param>
/// <param name="Sender">Address that e-mails come from.</param>
/// <param name="Letters">Folder of the letter files.</param>
public sealed record NoticeOptions(Uri? SmsGateway, string? SmsToken, Uri? Smtp, string Sender, string Letters)
{
    /// <exception cref="FormatException">A setting does not hold what it should.</exception>
    public static NoticeOptions Of(string? smsGateway, string? smsToken, string? smtp, string? sender, string letters) => new(
        Read(smsGateway, "NoticeSmsGateway", "http", "https"), ReadToken(smsToken), Read(smtp, "NoticeSmtp", "smtp", "smtps"), sender ?? "no-reply@ehealthplus.invalid", letters);

    /// <summary>A secret that is mounted as a file mostly ends with a line break, which no header may hold.</summary>
    private static string? ReadToken(string? token) => token?.Trim() is not { Length: > 0 } trimmed ? null
        : trimmed.All(letter => char.IsAscii(letter) && !char.IsControl(letter)) ? trimmed
        : throw new FormatException("Hub__NoticeSmsToken holds letters that a header cannot: write the token alone, in one line");

    private static Uri? Read(string? address, string setting, params string[] schemes)
    {
        if (string.IsNullOrEmpty(address)) return null;
        return Uri.TryCreate(address, UriKind.Absolute, out var uri) && schemes.Contains(uri.Scheme)
            ? uri
            : throw new FormatException($"Hub__{setting} is no {schemes[0]}:// or {schemes[1]}:// address");
    }
}
