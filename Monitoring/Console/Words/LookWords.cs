using EHealthPlus.Routing.Contracts.Audit;

namespace EHealthPlus.Monitoring.Console.Words;

/// <summary>A citizen's list of who looked.</summary>
internal static class LookWords
{
    public static readonly Phrase Page = new("Who looked", "取覽紀錄");
    public static readonly Phrase Lead = new("Everybody who looked at your record, or tried to: newest first.", "所有曾取覽或嘗試取覽你的紀錄的人，最新在前。");
    public static readonly Phrase Nobody = new("Nobody has looked at your record.", "沒有人取覽過你的紀錄。");
    public static readonly Phrase NoAccount = new("You have no eHealth account at this hub.", "你在本系統沒有醫健通帳戶。");
    public static readonly Phrase When = new("When", "時間");
    public static readonly Phrase Who = new("Who", "取覽者");
    public static readonly Phrase Where = new("Healthcare provider", "醫護機構");
    public static readonly Phrase Why = new("Why", "目的");
    public static readonly Phrase What = new("What", "資料類別");
    public static readonly Phrase Outcome = new("Outcome", "結果");
    public static readonly Phrase Seen = new("Looked at", "已取覽");
    public static readonly Phrase Refused = new("Refused: nothing was shown", "已拒絕，沒有顯示任何資料");
    public static readonly Phrase Registration = new("registration and identity", "登記及核對身份");
    public static readonly Phrase Mending = new("mending a system's messages", "修正系統訊息");
    public static readonly Phrase NotStated = new("not stated", "未有註明");
    public static readonly Phrase Hub = new("eHealth+ office", "醫健通+ 辦事處");
    public static readonly Phrase DecisionMaker = new("Who decides for you", "你的代決人");
    public static readonly Phrase System = new("a computer system", "電腦系統");
    public static readonly Phrase Times = new("{0} times until {1}", "至 {1} 共 {0} 次");
    public static readonly Phrase Doubt = new("If you did not expect one of these, ask the Electronic Health Record Registration Office.", "如對任何一項有疑問，請向電子健康紀錄申請及諮詢中心查詢。");

    public static readonly Phrase WholeRecord = new("the whole record", "整份紀錄");
    public static readonly Phrase Particulars = new("personal particulars", "個人資料");
    public static readonly Phrase Allergies = new("allergies", "過敏");
    public static readonly Phrase Results = new("test results and observations", "化驗結果及觀察");
    public static readonly Phrase Reports = new("reports and documents", "報告及文件");
    public static readonly Phrase Medicines = new("medicines", "藥物");
    public static readonly Phrase Visits = new("stays, visits and appointments", "住院、就診及預約");
    public static readonly Phrase Diagnoses = new("diagnoses and procedures", "診斷及醫療程序");
    public static readonly Phrase Immunisations = new("immunisations", "疫苗接種");
    public static readonly Phrase Images = new("images", "影像");
    public static readonly Phrase Consents = new("your consents", "你的同意");
    public static readonly Phrase Notices = new("your notices", "你的通知");
    public static readonly Phrase Messages = new("a message of a sending system", "發送系統的訊息");
    public static readonly Phrase Other = new("other data", "其他資料");

    /// <summary>What was looked at, by the target of the audit entry: a resource type with an id, or with the names of search parameters.</summary>
    public static Phrase Of(AuditEntry entry) => entry.Action == AuditAction.Everything ? WholeRecord : TypeOf(entry.Target) switch
    {
        "Patient" or "IdentityReview" => Particulars,
        "AllergyIntolerance" => Allergies,
        "Observation" or "Specimen" => Results,
        "DiagnosticReport" or "DocumentReference" or "Composition" or "Binary" => Reports,
        "MedicationRequest" or "MedicationDispense" or "MedicationAdministration" or "MedicationStatement" or "Medication" => Medicines,
        "Encounter" or "Appointment" or "EpisodeOfCare" or "ServiceRequest" => Visits,
        "Condition" or "Procedure" => Diagnoses,
        "Immunization" or "ImmunizationRecommendation" => Immunisations,
        "ImagingStudy" or "Media" or "studies" => Images,
        "Consent" => Consents,
        "Notice" => Notices,
        "deposit" => Messages,
        _ => Other,
    };

    private static string TypeOf(string target)
    {
        var end = target.AsSpan().IndexOfAny("/?:");
        return end < 0 ? target : target[..end];
    }
}
