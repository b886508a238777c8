namespace EHealthPlus.Monitoring.Console.Words;

/// <summary>The tabs of one deposit.</summary>
internal static class MessageWords
{
    public static readonly Phrase Views = new("Views of this deposit", "此存入紀錄的檢視");
    public static readonly Phrase Message = new("Message", "原文");
    public static readonly Phrase Tree = new("Tree", "結構");
    public static readonly Phrase Fhir = new("FHIR", "FHIR");
    public static readonly Phrase Ledger = new("Ledger", "欄位帳");
    public static readonly Phrase Timeline = new("Timeline", "時間線");
    public static readonly Phrase Acknowledgement = new("Acknowledgement", "回覆");

    public static readonly Phrase NoPatientData = new("Your role may not see patient data", "你的角色不可查看病人資料");
    public static readonly Phrase NoPatientDataDetail = new("Messages, FHIR resources and acknowledgements hold patient data. They are open to integration engineers, and each view is recorded. The timeline, and replay, are open to you.", "訊息、FHIR 資源及回覆均載有病人資料，只供系統整合工程師查看，每次查看均有紀錄。你可使用時間線及重新處理功能。");

    public static readonly Phrase AsReceived = new("As received", "收到的原文");
    public static readonly Phrase AsRepaired = new("As repaired", "修正後");
    public static readonly Phrase HoverHint = new("Point at a field to see its position and name.", "將游標移至欄位上，以查看其位置及名稱。");
    public static readonly Phrase CutOff = new("Only the first {0} of {1} are shown. Download the message to see all of it.", "只顯示 {1} 之中的首 {0}。如需查看全部，請下載訊息。");
    public static readonly Phrase Empty = new("No bytes were kept.", "沒有保存內容。");
    public static readonly Phrase Marks = new("Marks", "標記");
    public static readonly Phrase MarkControl = new("control or invisible character", "控制或不可見字元");
    public static readonly Phrase MarkEscape = new("HL7 escape", "HL7 轉義");
    public static readonly Phrase MarkBad = new("byte that is not valid in {0}", "不屬於 {0} 的位元組");
    public static readonly Phrase Find = new("Find", "尋找");
    public static readonly Phrase ExpandAll = new("Expand all", "全部展開");
    public static readonly Phrase CollapseAll = new("Collapse all", "全部收起");
    public static readonly Phrase NotParsed = new("This message could not be parsed.", "無法解析此訊息。");
    public static readonly Phrase TooManyNodes = new("The tree is cut off after {0} lines.", "結構只顯示首 {0} 行。");

    public static readonly Phrase NotTranslated = new("This message does not translate", "此訊息未能轉換");
    public static readonly Phrase NoSourceNoTranslation = new("The message names no registered source, so there is no character set, time zone and id space to translate it with.", "訊息沒有指明已登記的來源，故沒有可用於轉換的字元集、時區及編號空間。");
    public static readonly Phrase ResourcesCount = new("{0} resources", "{0} 項資源");
    public static readonly Phrase Recomputed = new("Recomputed from the bytes: translation is pure.", "由原文重新計算所得。");
    public static readonly Phrase WriteMode = new("Write", "寫入方式");
    public static readonly Phrase Replace = new("replaces", "取代");
    public static readonly Phrase Merge = new("merges", "合併");
    public static readonly Phrase CreateIfAbsent = new("only if new", "僅新建");
    public static readonly Phrase MessageOnly = new("message only", "只屬訊息");

    public static readonly Phrase Mapped = new("Mapped", "已對應");
    public static readonly Phrase Carried = new("Carried", "保留");
    public static readonly Phrase Dropped = new("Dropped", "捨棄");
    public static readonly Phrase All = new("All", "全部");
    public static readonly Phrase Position = new("Position", "位置");
    public static readonly Phrase Name = new("Name", "名稱");
    public static readonly Phrase Value = new("Value", "值");
    public static readonly Phrase WentTo = new("Went to", "去向");
    public static readonly Phrase LeafCount = new("{0} populated fields", "{0} 個有值欄位");
    public static readonly Phrase NoRows = new("No field of this kind.", "沒有此類欄位。");
    public static readonly Phrase RowsCut = new("Only the first {0} rows are shown.", "只顯示首 {0} 行。");
    public static readonly Phrase ChooseRow = new("Choose a row, or a field of the message: all three views show the same place.", "選擇一行，或訊息中的欄位，三個檢視會同時標示同一位置。");

    public static readonly Phrase NoTimeline = new("The deposit's saga has not begun.", "此存入紀錄的流程尚未開始。");
    public static readonly Phrase Lasted = new("Lasted", "歷時");
    public static readonly Phrase At = new("At", "時間");
    public static readonly Phrase Note = new("Note", "備註");
    public static readonly Phrase Total = new("Total {0}", "共 {0}");
    public static readonly Phrase StillThere = new("until now", "至今");

    public static readonly Phrase NoAcknowledgement = new("No acknowledgement was sent, or none is kept.", "沒有發出回覆，或沒有保存。");
    public static readonly Phrase AckMeans = new("What it says", "內容說明");
    public static readonly Phrase AckRaw = new("As sent", "發出的原文");
    public static readonly Phrase Answers = new("Answers control id", "回覆的控制編號");
    public static readonly Phrase Severity = new("Severity", "嚴重程度");
    public static readonly Phrase Where = new("Where", "位置");
    public static readonly Phrase Hl7Code = new("HL7 error", "HL7 錯誤");
    public static readonly Phrase HubNumber = new("Hub number", "樞紐編號");
    public static readonly Phrase UserText = new("Text", "說明文字");
    public static readonly Phrase NoErrors = new("No error segment: the message was taken without remark.", "沒有錯誤段：訊息已被接納。");
}
