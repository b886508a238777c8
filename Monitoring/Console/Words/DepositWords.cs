using EHealthPlus.Routing.Contracts.Deposits;

namespace EHealthPlus.Monitoring.Console.Words;

/// <summary>The deposit list, the header of one deposit, and what can be done with it.</summary>
internal static class DepositWords
{
    public static readonly Phrase Number = new("No.", "編號");
    public static readonly Phrase Time = new("Received", "收到時間");
    public static readonly Phrase Type = new("Type", "類別");
    public static readonly Phrase ControlId = new("Control id", "控制編號");
    public static readonly Phrase Reason = new("Reason", "原因");
    public static readonly Phrase Size = new("Size", "大小");
    public static readonly Phrase Elapsed = new("Took", "耗時");
    public static readonly Phrase Ledger = new("Ledger", "欄位帳");
    public static readonly Phrase Repeats = new("Repeats", "重複");

    public static readonly Phrase Search = new("Control id, number or type", "控制編號、存入編號或類別");
    public static readonly Phrase Apply = new("Search", "搜尋");
    public static readonly Phrase Clear = new("Clear", "清除");
    public static readonly Phrase Any = new("any", "全部");
    public static readonly Phrase From = new("From", "由");
    public static readonly Phrase Until = new("Until", "至");
    public static readonly Phrase Newest = new("Newest", "最新");
    public static readonly Phrase Older = new("Older", "較舊");
    public static readonly Phrase Newer = new("Newer", "較新");
    public static readonly Phrase NoneFound = new("No deposit fits these filters.", "沒有符合條件的存入紀錄。");
    public static readonly Phrase NoneYet = new("No message has come yet. Send one to the MLLP port, and it appears here.", "尚未收到訊息。向 MLLP 端口傳送訊息後，便會在此顯示。");
    public static readonly Phrase FilterIgnored = new("“{0}” is not a valid value of the filter “{1}”; the filter was left out.", "「{0}」並非篩選條件「{1}」的有效值，已略過此條件。");

    public static readonly Phrase Received = new("Received", "已收到");
    public static readonly Phrase AwaitingRetry = new("Awaiting retry", "等候重試");
    public static readonly Phrase Delivered = new("Delivered", "已存入");
    public static readonly Phrase Refused = new("Refused", "已拒絕");
    public static readonly Phrase Quarantined = new("Quarantined", "已隔離");

    public static readonly Phrase Deposit = new("Deposit {0}", "存入紀錄 {0}");
    public static readonly Phrase Peer = new("Peer", "對方位址");
    public static readonly Phrase CharacterSet = new("Character set", "字元集");
    public static readonly Phrase Attempts = new("Attempts", "嘗試次數");
    public static readonly Phrase Due = new("Next try", "下次嘗試");
    public static readonly Phrase Location = new("Service location", "服務地點");
    public static readonly Phrase Resources = new("Resources written", "已寫入資源");
    public static readonly Phrase Repaired = new("Repaired", "已修正");
    public static readonly Phrase UnknownSource = new("Unknown source", "未知來源");
    public static readonly Phrase Unreadable = new("unreadable", "無法讀取");

    public static readonly Phrase Replay = new("Replay", "重新處理");
    public static readonly Phrase ReplayQuestion = new("Process deposit {0} again?", "重新處理存入紀錄 {0}？");
    public static readonly Phrase ReplayDetail = new("It runs through identity, consent, translation and store again. If nothing has changed, it will be refused again for the same reason.", "訊息會再次經過身份、同意、轉換及儲存各步驟。如情況沒有改變，會因同一原因再次被拒。");
    public static readonly Phrase Replayed = new("Deposit {0} is being processed again.", "存入紀錄 {0} 正重新處理。");
    public static readonly Phrase Title = new("Deposit {0}", "存入紀錄 {0}");
    public static readonly Phrase Repair = new("Repair", "修正");
    public static readonly Phrase RepairTitle = new("Repair deposit {0}", "修正存入紀錄 {0}");
    public static readonly Phrase RepairLead = new("One segment a line. The bytes as received stay; the corrected text is used from the next replay on. ⟦0B⟧ stands for the byte 0B.", "每段一行。原收到的內容會保留，修正後的文字於下次重新處理時使用。⟦0B⟧ 代表位元組 0B。");
    public static readonly Phrase Preview = new("Check", "檢查");
    public static readonly Phrase SaveRepair = new("Keep correction", "保存修正");
    public static readonly Phrase SaveAndReplay = new("Keep and replay", "保存並重新處理");
    public static readonly Phrase WouldPass = new("Reads and translates: {0} fields mapped, {1} carried, {2} dropped. Identity and consent are decided at replay.", "可讀取及轉換：{0} 個欄位已對應、{1} 個保留、{2} 個捨棄。身份及同意於重新處理時核對。");
    public static readonly Phrase WouldFail = new("Still refused", "仍會被拒");
    public static readonly Phrase Changes = new("Changed segments", "已更改的段");
    public static readonly Phrase NoChanges = new("Nothing is changed yet.", "尚未更改。");
    public static readonly Phrase CannotEncode = new("A character does not exist in the character set {0} of this message.", "有字元不屬於此訊息的字元集 {0}。");
    public static readonly Phrase RepairKept = new("The correction of deposit {0} is kept. Replay it when ready.", "已保存存入紀錄 {0} 的修正，可隨時重新處理。");
    public static readonly Phrase Cancel = new("Cancel", "取消");
    public static readonly Phrase Confirm = new("Yes, replay", "確認重新處理");
    public static readonly Phrase Download = new("Download", "下載");
    public static readonly Phrase NotNow = new("A deposit that is in work or delivered can't be replayed or repaired.", "處理中或已存入的紀錄不能重新處理或修正。");

    public static Phrase Of(DepositState state) => state switch
    {
        DepositState.Received => Received,
        DepositState.AwaitingRetry => AwaitingRetry,
        DepositState.Delivered => Delivered,
        DepositState.Refused => Refused,
        _ => Quarantined,
    };
}
