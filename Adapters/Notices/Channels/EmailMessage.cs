using System.Globalization;
using System.Text;

namespace EHealthPlus.Adapters.Notices.Channels;

/// <summary>An e-mail of plain text (RFC 5322, MIME RFC 2045 to 2047). The key is its Message-ID, the same at every try.</summary>
internal static class EmailMessage
{
    public static string Of(NoticeMessage message, string sender, DateTimeOffset at) => string.Join("\r\n",
    [
        $"From: eHealth+ <{sender}>",
        $"To: <{message.Address}>",
        $"Subject: =?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(message.Subject))}?=",
        $"Date: {at.ToUniversalTime().ToString("ddd, dd MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture)} +0000",
        $"Message-ID: <{message.Key}@ehealthplus>",
        "Auto-Submitted: auto-generated",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: base64",
        $"Content-Language: {(message.Chinese ? "zh-Hant-HK" : "en")}",
        "",
        // No line of base64 begins with a dot, so none has to be stuffed.
        Convert.ToBase64String(Encoding.UTF8.GetBytes(message.Text), Base64FormattingOptions.InsertLineBreaks),
        "",
    ]);
}
