using System.Text.RegularExpressions;
using EHealthPlus.Routing.Contracts.Notices;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.Notices.Http;

/// <summary>A choice as JSON: channel (sms, email, letter), mobile (+85291234567), email, postalAddress, language (en, zh).</summary>
internal sealed partial record ChoiceBody(string? Channel, string? Mobile, string? Email, string? PostalAddress, string? Language)
{
    private const int LongestAddress = 500;

    public static ChoiceBody Of(NoticeChoice choice) => new(
        choice.Channel.ToString().ToLowerInvariant(), choice.Mobile, choice.Email, choice.PostalAddress, choice.Chinese ? "zh" : "en");

    public Result<NoticeChoice> Read(string personId)
    {
        NoticeChannel? channel = Channel switch { "sms" => NoticeChannel.Sms, "email" => NoticeChannel.Email, "letter" => NoticeChannel.Letter, _ => null };
        if (channel is null) return Invalid("channel is one of sms, email, letter");
        if (Mobile is not null && !MobileNumber().IsMatch(Mobile)) return Invalid("mobile is written as +85291234567");
        if (Email is not null && (Email.Length > 254 || !MailAddress().IsMatch(Email))) return Invalid("email is no address");
        if (PostalAddress is { Length: > LongestAddress } || PostalAddress?.Any(letter => char.IsControl(letter) && letter != '\n') is true) return Invalid("postalAddress is up to 500 characters in lines");
        if (Language is not (null or "en" or "zh")) return Invalid("language is en or zh");
        var choice = new NoticeChoice(personId, channel.Value, Mobile, Email, PostalAddress, Language == "zh");
        return channel != NoticeChannel.Letter && choice.AddressOf(channel.Value) is null ? Invalid("the chosen channel has no address") : choice;
    }

    private static Rejection Invalid(string detail) => new(RejectionCode.NoticeChoiceInvalid, detail);

    [GeneratedRegex(@"\A\+[1-9][0-9]{6,14}\z")]
    private static partial Regex MobileNumber();

    // No angle brackets, spaces or line ends: it goes into the dialogue with a mail server.
    [GeneratedRegex(@"\A[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9]([A-Za-z0-9.-]{0,180}[A-Za-z0-9])?\z")]
    private static partial Regex MailAddress();
}
