using EHealthPlus.Routing.Contracts.Keys;

namespace EHealthPlus.Monitoring.Console.Words;

/// <summary>Keys of the encryption at rest.</summary>
internal static class KeyWords
{
    public static readonly Phrase Page = new("Keys", "密鑰");
    public static readonly Phrase Lead = new("Messages, answers and resources are encrypted on disk, each provider's under its own keys.", "訊息、回覆及資源於磁碟上加密儲存，每個醫護機構各有密鑰。");
    public static readonly Phrase Reencryption = new("Encrypting anew", "重新加密");
    public static readonly Phrase FirstTime = new("First encryption of a database that an earlier program wrote", "首次加密由舊版程式寫入的資料庫");
    public static readonly Phrase Rotation = new("After a rotation", "密鑰輪替後");
    public static readonly Phrase Never = new("No rotation yet.", "尚未輪替密鑰。");
    public static readonly Phrase DoneOf = new("{0} of {1} rows", "已處理 {0}／{1} 列");
    public static readonly Phrase Failed = new("{0} pieces could not be opened and keep their keys", "{0} 項內容無法開啟，其密鑰予以保留");
    public static readonly Phrase Started = new("Begun", "開始");
    public static readonly Phrase Finished = new("Finished", "完成");
    public static readonly Phrase Running = new("running", "進行中");
    public static readonly Phrase Damaged = new("{0} pieces of stored content could not be opened since the start: see the readiness page and the audit trail.", "自啟動以來有 {0} 項所存內容無法開啟，詳見就緒狀態頁及審計紀錄。");
    public static readonly Phrase WrappingKeys = new("Wrapping keys", "封裝密鑰");
    public static readonly Phrase WrappingLead = new("Files outside the database. The one in force opens all data keys; a retired one is needed for backups of its time only.", "存於資料庫以外的檔案。使用中的封裝密鑰可開啟所有資料密鑰；已停用者只用於開啟其使用期間的備份。");
    public static readonly Phrase DataKeys = new("Data keys", "資料密鑰");
    public static readonly Phrase Destroyed = new("{0} destroyed", "已銷毀 {0} 個");
    public static readonly Phrase KeyId = new("Key", "密鑰");
    public static readonly Phrase Provider = new("Provider", "醫護機構");
    public static readonly Phrase NoProvider = new("no registered source", "沒有登記來源");
    public static readonly Phrase Epoch = new("Epoch", "代次");
    public static readonly Phrase State = new("State", "狀態");
    public static readonly Phrase Made = new("Made", "產生時間");
    public static readonly Phrase Age = new("Age", "使用期");
    public static readonly Phrase InForce = new("in force", "使用中");
    public static readonly Phrase OutOfForce = new("retired", "已停用");
    public static readonly Phrase RetiredAt = new("Retired", "停用時間");
    public static readonly Phrase InUse = new("in use", "使用中");
    public static readonly Phrase Kept = new("opens only", "只供開啟");
    public static readonly Phrase Retired = new("being replaced", "更換中");
    public static readonly Phrase Gone = new("destroyed", "已銷毀");
    public static readonly Phrase Rotate = new("Rotate all keys", "輪替所有密鑰");
    public static readonly Phrase RotateWrapping = new("Rotate the wrapping key only", "只輪替封裝密鑰");
    public static readonly Phrase RotateWhat = new("New keys from now on; what stands under the old ones is encrypted anew in the background. The hub goes on. Back up the key folder afterwards.", "即時啟用新密鑰，並在背景重新加密舊密鑰下的內容，系統毋須停頓。完成後請備份密鑰資料夾。");
    public static readonly Phrase RotateQuestion = new("Rotate all keys?", "輪替所有密鑰？");
    public static readonly Phrase RotateWrappingQuestion = new("Rotate the wrapping key?", "輪替封裝密鑰？");
    public static readonly Phrase WrappingWhat = new("A new wrapping key from now on; the data keys stay, and nothing is encrypted anew. Back up the key folder afterwards.", "即時啟用新封裝密鑰；資料密鑰不變，內容毋須重新加密。完成後請備份密鑰資料夾。");
    public static readonly Phrase Confirm = new("Yes, rotate", "確認輪替");
    public static readonly Phrase Done = new("The keys are rotated.", "密鑰已輪替。");

    public static Phrase Of(DataKeyState state) => state switch
    {
        DataKeyState.InUse => InUse,
        DataKeyState.Kept => Kept,
        DataKeyState.Retired => Retired,
        _ => Gone,
    };
}
