using EHealthPlus.Routing.Contracts.Watching;

namespace EHealthPlus.Monitoring.Console.Words;

/// <summary>Cases of the watching.</summary>
internal static class CaseWords
{
    public static readonly Phrase Page = new("Cases", "個案");
    public static readonly Phrase Lead = new("Conduct that broke a watching rule. A case points to audit entries; somebody has to look.", "違反監察規則的行為。個案只列出審計紀錄，須由審計人員跟進。");
    public static readonly Phrase Case = new("Case {0}", "個案 {0}");
    public static readonly Phrase Nothing = new("No case here.", "沒有個案。");
    public static readonly Phrase Open = new("Open", "待處理");
    public static readonly Phrase Assigned = new("Assigned", "跟進中");
    public static readonly Phrase Closed = new("Closed", "已結案");
    public static readonly Phrase Rule = new("Rule", "規則");
    public static readonly Phrase OldRule = new("Rule {0}, no longer in force", "規則 {0}（已不再生效）");
    public static readonly Phrase Suspect = new("Suspect", "涉及對象");
    public static readonly Phrase Account = new("account", "帳戶");
    public static readonly Phrase Address = new("address", "網絡地址");
    public static readonly Phrase Provider = new("For provider", "所屬醫護機構");
    public static readonly Phrase First = new("First", "首次");
    public static readonly Phrase Last = new("Last", "最近");
    public static readonly Phrase Entries = new("Entries", "紀錄數目");
    public static readonly Phrase With = new("With", "跟進人");
    public static readonly Phrase OpenedAt = new("Opened", "開立時間");
    public static readonly Phrase Evidence = new("Evidence", "證據");
    public static readonly Phrase EvidenceCut = new("The first {0} of {1} entries", "首 {0} 項，共 {1} 項");
    public static readonly Phrase History = new("What was done", "處理經過");
    public static readonly Phrase Assign = new("Assign", "交由跟進");
    public static readonly Phrase AssignTo = new("Auditor's account; empty for yourself", "審計人員帳戶；留空即由自己跟進");
    public static readonly Phrase CloseCase = new("Close the case", "結案");
    public static readonly Phrase Reason = new("Reason, without patient data", "原因（請勿填寫病人資料）");
    public static readonly Phrase Found = new("What was found, without patient data", "調查結果（請勿填寫病人資料）");
    public static readonly Phrase AllByActor = new("All entries by this account", "此帳戶的所有紀錄");

    public static Phrase Of(CaseState state) => state switch { CaseState.Open => Open, CaseState.Assigned => Assigned, _ => Closed };

    public static Phrase Of(SuspectKind kind) => kind == SuspectKind.Address ? Address : Account;

    public static Phrase Of(WatchRule? rule, int number) => rule is null ? OldRule.With(number) : new(rule.Title.English, rule.Title.Chinese);
}
