using System.Globalization;
using EHealthPlus.Adapters.Notices.Channels;
using EHealthPlus.Routing.Contracts.Notices;
using EHealthPlus.Routing.Contracts.Registry;

namespace EHealthPlus.Adapters.Notices.Sending;

/// <summary>The words of a notice: which provider, and when. Never what was looked at, by whom in person, or whose record it is.</summary>
internal static class NoticeText
{
    private static readonly TimeSpan HongKong = TimeSpan.FromHours(8);

    /// <param name="provider">Null where it is no longer registered.</param>
    public static NoticeMessage Of(PendingNotice notice, Provider? provider, NoticeChannel channel)
    {
        var at = notice.AccessedAt.ToOffset(HongKong).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var chinese = notice.Choice.Chinese;
        var name = (chinese && provider is { NameChinese.Length: > 0 } ? provider.NameChinese : provider?.Name) ?? notice.ProviderId;
        return new(
            notice.Key, notice.PersonId, notice.Choice.AddressOf(channel),
            chinese ? "醫健通＋：有醫護機構取覽了你的健康紀錄" : "eHealth+: your health record was accessed",
            chinese
                ? $"醫健通＋通知：{name} 於 {at}（香港時間）取覽了你的健康紀錄。你可在醫健通＋查看誰曾取覽及其原因。如你對此次取覽有疑問，請向電子健康紀錄申請及諮詢中心查詢。"
                : $"eHealth+ notice: {name} accessed your health record on {at} (Hong Kong time). You can see in eHealth+ who looked and why. If you did not expect this, please ask the Electronic Health Record Registration Office.",
            chinese);
    }
}
