using EHealthPlus.Routing.Contracts.Access;

namespace EHealthPlus.Monitoring.Console.Words;

/// <summary>The audit trail, and purposes of use.</summary>
internal static class AuditWords
{
    public static readonly Phrase Lead = new("Newest first. Every decision is recorded before data leaves.", "最新在前。每項決定均於資料送出前記錄。");
    public static readonly Phrase Entry = new("Audit entry {0}", "審計紀錄 {0}");
    public static readonly Phrase Number = new("No.", "編號");
    public static readonly Phrase Actor = new("Who", "操作者");
    public static readonly Phrase ActorForms = new("account, or source:id of a system", "帳戶，或 source:系統代號");
    public static readonly Phrase RoleWord = new("Role", "角色");
    public static readonly Phrase Provider = new("For provider", "所屬醫護機構");
    public static readonly Phrase Action = new("Action", "動作");
    public static readonly Phrase Target = new("Target", "對象");
    public static readonly Phrase Person = new("Whose data", "市民");
    public static readonly Phrase PersonId = new("Person id", "市民編號");
    public static readonly Phrase OnBehalf = new("On behalf of", "代表");
    public static readonly Phrase Why = new("Why", "目的");
    public static readonly Phrase Origin = new("From where", "來自");
    public static readonly Phrase Address = new("Address", "網絡地址");
    public static readonly Phrase Source = new("Source", "來源");
    public static readonly Phrase Certificate = new("Certificate", "證書");
    public static readonly Phrase CareRelation = new("Care relation", "醫護關係");
    public static readonly Phrase RelationFound = new("care relation found", "有醫護關係");
    public static readonly Phrase RelationNone = new("no care relation", "沒有醫護關係");
    public static readonly Phrase NotAsked = new("not asked for", "不適用");
    public static readonly Phrase Decision = new("Decision", "決定");
    public static readonly Phrase Permitted = new("Permitted", "准許");
    public static readonly Phrase Refused = new("Refused", "拒絕");
    public static readonly Phrase Reason = new("Rule or refusal", "規則或拒絕原因");
    public static readonly Phrase NoEntry = new("No entry fits.", "沒有相符的紀錄。");
    public static readonly Phrase ThisPerson = new("All about this person", "此市民的所有紀錄");
    public static readonly Phrase ThisActor = new("All by this actor", "此操作者的所有紀錄");

    public static readonly Phrase Treatment = new("treatment", "治療");
    public static readonly Phrase EmergencyTreatment = new("emergency treatment", "緊急治療");
    public static readonly Phrase BreakTheGlass = new("breaking the glass", "緊急越權取覽");
    public static readonly Phrase CareManagement = new("care management", "護理管理");
    public static readonly Phrase PatientRequested = new("the citizen's own request", "市民本人的要求");
    public static readonly Phrase PowerOfAttorney = new("deciding for the citizen", "代市民作決定");
    public static readonly Phrase FamilyRequested = new("request of the family", "家屬的要求");
    public static readonly Phrase OtherPurpose = new("another purpose ({0})", "其他目的（{0}）");

    /// <param name="code">TREAT.</param>
    public static Phrase Purpose(string code) => PurposeCode.Find(code) switch
    {
        PurposeOfUse.Treatment => Treatment,
        PurposeOfUse.EmergencyTreatment => EmergencyTreatment,
        PurposeOfUse.BreakTheGlass => BreakTheGlass,
        PurposeOfUse.CareManagement => CareManagement,
        PurposeOfUse.PatientRequested => PatientRequested,
        PurposeOfUse.PowerOfAttorney => PowerOfAttorney,
        PurposeOfUse.FamilyRequested => FamilyRequested,
        _ => OtherPurpose.With(code),
    };
}
