using EHealthPlus.Routing.Contracts.Registry;

namespace EHealthPlus.Monitoring.Console.Words;

/// <summary>Sources and error numbers.</summary>
internal static class ReferenceWords
{
    public static readonly Phrase SendsAs = new("MSH-3 / MSH-4", "MSH-3 / MSH-4");
    public static readonly Phrase Reads = new("Character set", "字元集");
    public static readonly Phrase Offset = new("Offset", "時差");
    public static readonly Phrase Certificate = new("Certificate", "證書");
    public static readonly Phrase NoCertificate = new("none needed", "不需要");
    public static readonly Phrase CertificateOfLocation = new("the location's", "服務地點的證書");
    public static readonly Phrase Enrols = new("may enrol", "可登記市民");
    public static readonly Phrase LastSeen = new("Last seen", "最近訊息");
    public static readonly Phrase Never = new("never", "從未");
    public static readonly Phrase Received24 = new("Received 24 h", "收到（24 小時）");
    public static readonly Phrase NoProviders = new("No provider is registered. An administrator registers providers, service locations and sources through POST /api/providers, /api/service-locations and /api/sources.", "尚未登記醫護機構。管理員可經 POST /api/providers、/api/service-locations 及 /api/sources 登記機構、服務地點及來源。");
    public static readonly Phrase NoSourceHere = new("No source yet", "尚無來源");
    public static readonly Phrase ProviderCount = new("{0} providers, {1} service locations, {2} sources", "{0} 個醫護機構、{1} 個服務地點、{2} 個來源");

    public static readonly Phrase ApplicationEntities = new("DICOM application entities", "DICOM 應用實體");
    public static readonly Phrase AeTitle = new("AE title", "AE 名稱");
    public static readonly Phrase ReachedAt = new("Reached at", "連接位址");
    public static readonly Phrase OnlyCalls = new("only calls us", "只由對方連線");
    public static readonly Phrase Rights = new("May", "權限");
    public static readonly Phrase MayStore = new("store", "存入");
    public static readonly Phrase MayQuery = new("query and retrieve", "查詢及取回");

    public static readonly Phrase MapFiles = new("Map files", "對應檔案");
    public static readonly Phrase MapFile = new("File", "檔案");
    public static readonly Phrase MappedFields = new("Fields in force", "生效欄位");
    public static readonly Phrase ReadAt = new("Read", "讀取時間");
    public static readonly Phrase MapFaults = new("Faults", "錯誤");

    public static readonly Phrase FindNumber = new("Number or words", "編號或文字");
    public static readonly Phrase RejectionsLead = new("The number that a sender reads in ERR-5, in an OperationOutcome or in a problem answer.", "發送方在 ERR-5、OperationOutcome 或 problem 回覆中看到的編號。");
    public static readonly Phrase Meaning = new("Meaning", "意思");
    public static readonly Phrase Answer = new("Answer", "回覆");
    public static readonly Phrase Retry = new("Send again", "可重送");
    public static readonly Phrase RetryYes = new("yes, later", "可，稍後");
    public static readonly Phrase RetryNo = new("no, mend it first", "不可，須先修正");
    public static readonly Phrase Yes = new("yes", "是");
    public static readonly Phrase NothingFound = new("No number fits.", "沒有相符的編號。");
    public static readonly Phrase Stage1 = new("1xx Transport", "1xx 傳輸");
    public static readonly Phrase Stage2 = new("2xx Syntax", "2xx 語法");
    public static readonly Phrase Stage3 = new("3xx Source", "3xx 來源");
    public static readonly Phrase Stage4 = new("4xx Identity", "4xx 身份");
    public static readonly Phrase Stage5 = new("5xx Admission and access", "5xx 接納及取覽");
    public static readonly Phrase Stage6 = new("6xx Capacity and storage", "6xx 容量及儲存");
    public static readonly Phrase Stage7 = new("7xx Record interface", "7xx 紀錄介面");
    public static readonly Phrase Stage9 = new("9xx Fault in the hub", "9xx 系統故障");

    public static readonly Phrase HospitalAuthority = new("Hospital Authority", "醫院管理局");
    public static readonly Phrase DepartmentOfHealth = new("Department of Health", "衞生署");
    public static readonly Phrase PrivateHospital = new("Private hospital", "私家醫院");
    public static readonly Phrase Clinic = new("Clinic", "診所");
    public static readonly Phrase MedicalLaboratory = new("Medical laboratory", "醫務化驗所");
    public static readonly Phrase RadiologyCentre = new("Radiology centre", "放射診斷中心");
    public static readonly Phrase GreaterBayArea = new("Greater Bay Area institution", "大灣區機構");

    public static Phrase Of(ProviderKind kind) => kind switch
    {
        ProviderKind.HospitalAuthority => HospitalAuthority,
        ProviderKind.DepartmentOfHealth => DepartmentOfHealth,
        ProviderKind.PrivateHospital => PrivateHospital,
        ProviderKind.Clinic => Clinic,
        ProviderKind.MedicalLaboratory => MedicalLaboratory,
        ProviderKind.RadiologyCentre => RadiologyCentre,
        _ => GreaterBayArea,
    };

    public static Phrase Stage(int code) => (code / 100) switch
    {
        1 => Stage1, 2 => Stage2, 3 => Stage3, 4 => Stage4, 5 => Stage5, 6 => Stage6, 7 => Stage7, _ => Stage9,
    };
}
