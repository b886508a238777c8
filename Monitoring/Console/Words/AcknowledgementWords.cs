namespace EHealthPlus.Monitoring.Console.Words;

/// <summary>HL7 tables of the acknowledgement, explained.</summary>
internal static class AcknowledgementWords
{
    public static readonly Phrase AA = new("Application accept: the message is in the record", "應用程式接納：訊息已存入紀錄");
    public static readonly Phrase AE = new("Application error: the content was refused", "應用程式錯誤：內容被拒絕");
    public static readonly Phrase AR = new("Application reject: the message could not be taken at all", "應用程式拒收：訊息完全不能接收");
    public static readonly Phrase CA = new("Commit accept: the message is safely stored, the application answer follows", "寫入接納：訊息已妥為保存，應用程式回覆稍後送出");
    public static readonly Phrase CE = new("Commit error: the message could not be stored", "寫入錯誤：訊息未能保存");
    public static readonly Phrase CR = new("Commit reject: the message cannot be taken", "寫入拒收：訊息不能接收");
    public static readonly Phrase Unknown = new("Not a code of HL7 table 0008", "並非 HL7 表 0008 的代碼");

    public static readonly Phrase Error = new("Error", "錯誤");
    public static readonly Phrase Warning = new("Warning", "警告");
    public static readonly Phrase Information = new("Information", "資訊");

    public static readonly Phrase Sequence = new("Segment sequence error", "段次序錯誤");
    public static readonly Phrase Required = new("Required field missing", "缺少必要欄位");
    public static readonly Phrase DataType = new("Data type error", "資料類型錯誤");
    public static readonly Phrase TableValue = new("Table value not found", "表內沒有此值");
    public static readonly Phrase MessageType = new("Unsupported message type", "不支援的訊息類別");
    public static readonly Phrase Event = new("Unsupported event code", "不支援的事件代碼");
    public static readonly Phrase Processing = new("Unsupported processing id", "不支援的處理代號");
    public static readonly Phrase Version = new("Unsupported version id", "不支援的版本");
    public static readonly Phrase UnknownKey = new("Unknown key identifier", "未知的識別編號");
    public static readonly Phrase DuplicateKey = new("Duplicate key identifier", "重複的識別編號");
    public static readonly Phrase Locked = new("Application record locked", "紀錄已鎖定");
    public static readonly Phrase Internal = new("Application error", "應用程式錯誤");

    /// <summary>HL7 table 0008, acknowledgement code.</summary>
    public static Phrase OfCode(string code) => code switch
    {
        "AA" => AA, "AE" => AE, "AR" => AR, "CA" => CA, "CE" => CE, "CR" => CR, _ => Unknown,
    };

    /// <summary>HL7 table 0516, error severity.</summary>
    public static Phrase OfSeverity(string code) => code switch { "E" => Error, "W" => Warning, "I" => Information, _ => new(code, code) };

    /// <summary>HL7 table 0357, message error condition codes.</summary>
    public static Phrase OfError(string code) => code switch
    {
        "100" => Sequence, "101" => Required, "102" => DataType, "103" => TableValue, "200" => MessageType, "201" => Event, "202" => Processing,
        "203" => Version, "204" => UnknownKey, "205" => DuplicateKey, "206" => Locked, "207" => Internal, _ => new(code, code),
    };
}
