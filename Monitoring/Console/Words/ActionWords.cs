using EHealthPlus.Routing.Contracts.Audit;

namespace EHealthPlus.Monitoring.Console.Words;

/// <summary>What an auditor reads for each <see cref="AuditAction"/>. The trail itself keeps the code.</summary>
internal static class ActionWords
{
    private static readonly Dictionary<string, Phrase> Words = new(StringComparer.Ordinal)
    {
        [AuditAction.Read] = new("Record read", "取覽紀錄"),
        [AuditAction.Search] = new("Record searched", "搜尋紀錄"),
        [AuditAction.History] = new("Versions of a record read", "取覽紀錄版本"),
        [AuditAction.Everything] = new("Whole record read", "取覽整份紀錄"),
        [AuditAction.ImageSearch] = new("Images searched", "搜尋影像"),
        [AuditAction.ImageRetrieve] = new("Images retrieved", "提取影像"),
        [AuditAction.ImageView] = new("Images looked at", "查看影像"),
        [AuditAction.WorklistQuery] = new("Worklist asked for", "查詢檢查工作清單"),
        [AuditAction.ProcedureStep] = new("Examination reported", "匯報檢查進度"),
        [AuditAction.ImagingDismiss] = new("Imaging entry dismissed", "略過影像項目"),
        [AuditAction.ImagingBringBack] = new("Imaging entry brought back", "恢復影像項目"),
        [AuditAction.Match] = new("Person looked for by particulars", "按個人資料配對"),
        [AuditAction.Pix] = new("Numbers of a person looked up", "查對身份號碼"),
        [AuditAction.ViewMessage] = new("Message looked at", "查看訊息內容"),
        [AuditAction.SignIn] = new("Signed in", "登入"),
        [AuditAction.SignInRefused] = new("Sign-in refused", "登入被拒"),
        [AuditAction.SignOut] = new("Signed out", "登出"),
        [AuditAction.LapsedCredential] = new("Came with what no longer counts", "使用已失效的憑證"),
        [AuditAction.Deposit] = new("Message deposited", "存入訊息"),
        [AuditAction.Upload] = new("File uploaded", "上載檔案"),
        [AuditAction.Replay] = new("Message processed again", "重新處理訊息"),
        [AuditAction.Repair] = new("Message mended", "修正訊息"),
        [AuditAction.Enrol] = new("Citizen enrolled", "登記市民"),
        [AuditAction.Amend] = new("Particulars amended", "更改個人資料"),
        [AuditAction.ConsentGive] = new("Consent given", "給予同意"),
        [AuditAction.ConsentRevoke] = new("Consent withdrawn", "撤回同意"),
        [AuditAction.ProxyRegister] = new("Substitute decision maker registered", "登記代決人"),
        [AuditAction.ProxyEnd] = new("Substitute decision maker ended", "終止代決人"),
        [AuditAction.NoticeChoice] = new("Way of notices chosen", "選擇通知方式"),
        [AuditAction.ReviewOpen] = new("Identity put up for review", "提出身份審核"),
        [AuditAction.Review] = new("Identities compared", "比對身份"),
        [AuditAction.ReviewList] = new("Identities under review listed", "列出待審身份"),
        [AuditAction.ReviewDecide] = new("Identity decided", "決定身份"),
        [AuditAction.Link] = new("Number linked to a person", "連結號碼至市民"),
        [AuditAction.Unlink] = new("Number unlinked from a person", "解除號碼連結"),
        [AuditAction.Merge] = new("Two persons merged", "合併兩人"),
        [AuditAction.Split] = new("Person split in two", "拆分為兩人"),
        [AuditAction.Register] = new("Registry changed", "更改登記冊"),
        [AuditAction.TerminologyLoad] = new("Code map loaded", "載入代碼對照表"),
        [AuditAction.CaseOpen] = new("Case opened", "開立個案"),
        [AuditAction.CaseAssign] = new("Case assigned", "分派個案"),
        [AuditAction.CaseClose] = new("Case closed", "個案結案"),
        [AuditAction.RotateKeys] = new("Keys replaced", "更換密鑰"),
        [AuditAction.Damage] = new("Damaged content met", "發現內容損壞"),
    };

    /// <summary>The actions, in the order of the filter.</summary>
    public static IReadOnlyCollection<string> All => Words.Keys;

    /// <returns>The code itself, for an action of another version of the hub.</returns>
    public static Phrase Of(string action) => Words.GetValueOrDefault(action) ?? new(action, action);
}
