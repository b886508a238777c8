namespace EHealthPlus.Monitoring.Console.Words;

/// <summary>The live flow page.</summary>
internal static class FlowWords
{
    public static readonly Phrase Live = new("Live", "即時");
    public static readonly Phrase Paused = new("Paused", "已暫停");
    public static readonly Phrase Reconnecting = new("Connection lost, trying again", "連線中斷，正在重試");
    public static readonly Phrase Ended = new("Your session has ended: the figures stand still", "登入時段已結束，數字不再更新");
    public static readonly Phrase Snapshot = new("As of", "截至");
    public static readonly Phrase Refresh = new("Refresh", "重新整理");
    public static readonly Phrase Pause = new("Pause", "暫停");
    public static readonly Phrase Resume = new("Resume", "繼續");
    public static readonly Phrase Minutes = new("{0} min", "{0} 分鐘");
    public static readonly Phrase Window = new("Period shown", "顯示時段");

    public static readonly Phrase Received = new("Received", "收到");
    public static readonly Phrase Delivered = new("Delivered", "已存入");
    public static readonly Phrase Refused = new("Refused", "已拒絕");
    public static readonly Phrase Backlog = new("Backlog", "積壓");
    public static readonly Phrase Quarantine = new("Quarantine", "隔離");
    public static readonly Phrase CommitP99 = new("Commit p99", "寫入 p99");
    public static readonly Phrase DeliveryP99 = new("Delivery p99", "完成 p99");
    public static readonly Phrase PerSecond = new("/s", "/秒");
    public static readonly Phrase OverSeconds = new("10 s", "10 秒");
    public static readonly Phrase OverMinute = new("1 min", "1 分鐘");
    public static readonly Phrase InWork = new("waiting or in work", "等候或處理中");
    public static readonly Phrase ForAnOperator = new("for an operator", "待操作員處理");
    public static readonly Phrase NothingQuarantined = new("nothing waits", "沒有待處理");
    public static readonly Phrase Connections = new("{0} MLLP connections", "{0} 條 MLLP 連線");
    public static readonly Phrase Median = new("median {0}", "中位數 {0}");
    public static readonly Phrase OfDecided = new("{0} of decided", "佔已處理 {0}");
    public static readonly Phrase In24Hours = new("{0} in 24 h", "24 小時內 {0}");

    public static readonly Phrase ThroughputChart = new("Messages/s", "每秒訊息");
    public static readonly Phrase LatencyChart = new("Latency p99", "延遲 p99");
    public static readonly Phrase CommitLine = new("To commit", "至寫入");
    public static readonly Phrase DeliveryLine = new("To delivery", "至完成");
    public static readonly Phrase BacklogChart = new("Backlog", "積壓");
    public static readonly Phrase NoMeasurement = new("No messages in this period", "此時段內沒有訊息");

    public static readonly Phrase BySource = new("By source", "按來源");
    public static readonly Phrase Source = new("Source", "來源");
    public static readonly Phrase Provider = new("Provider", "醫護機構");
    public static readonly Phrase State = new("State", "狀態");
    public static readonly Phrase ReceivedRate = new("In/s", "收到/秒");
    public static readonly Phrase DeliveredRate = new("Out/s", "存入/秒");
    public static readonly Phrase RefusedShare = new("Refused 15 min", "拒絕率 15 分鐘");
    public static readonly Phrase LastMessage = new("Last message", "最近訊息");
    public static readonly Phrase Trend = new("15 minutes", "15 分鐘走勢");
    public static readonly Phrase Day = new("24 h", "24 小時");
    public static readonly Phrase NoSources = new("No source is registered, and no message has come yet.", "尚未登記來源，亦未收到訊息。");
    public static readonly Phrase MoreSources = new("{0} more sources are quiet or fine", "另有 {0} 個來源安靜或正常");

    public static readonly Phrase Flowing = new("Flowing", "正常");
    public static readonly Phrase Quiet = new("Quiet", "安靜");
    public static readonly Phrase Refusing = new("Refusals", "有拒絕");
    public static readonly Phrase MostlyRefused = new("Mostly refused", "多數被拒");
    public static readonly Phrase Behind = new("Backlog", "有積壓");
    public static readonly Phrase Suspended = new("Suspended", "已暫停");
    public static readonly Phrase Unknown = new("Unknown", "未知");

    public static readonly Phrase RefusalsByCode = new("Refusals by number, 24 h", "拒絕原因，24 小時");
    public static readonly Phrase NoRefusals = new("No refusals in the last 24 hours.", "過去 24 小時沒有拒絕。");
    public static readonly Phrase Steps = new("Time by step, 15 min", "各步驟時間，15 分鐘");
    public static readonly Phrase Step = new("Step", "步驟");
    public static readonly Phrase Mean = new("mean", "平均");
    public static readonly Phrase MeanDrawn = new("mean, drawn", "平均（圖示）");
    public static readonly Phrase NoSteps = new("Nothing was processed in the last 15 minutes.", "過去 15 分鐘沒有處理訊息。");
    public static readonly Phrase Identify = new("Identify", "核對身份");
    public static readonly Phrase Admit = new("Admit", "核對同意");
    public static readonly Phrase Translate = new("Translate", "轉換");
    public static readonly Phrase Reconcile = new("Reconcile", "合併更新");
    public static readonly Phrase Store = new("Store", "儲存");
}
