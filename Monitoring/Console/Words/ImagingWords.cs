using EHealthPlus.Routing.Contracts.Imaging;

namespace EHealthPlus.Monitoring.Console.Words;

/// <summary>Orders without images, images without orders, and images that have not come.</summary>
internal static class ImagingWords
{
    public static readonly Phrase Page = new("Imaging", "影像");
    public static readonly Phrase Lead = new("What has not found its other half. It solves itself when that comes.", "尚未配對的項目。另一半到達後會自動配對。");
    public static readonly Phrase Waiting = new("Studies that wait", "等候中的檢查");
    public static readonly Phrase Orders = new("Orders without images", "未有影像的檢查申請");
    public static readonly Phrase Images = new("Images without an order", "未有申請的影像");
    public static readonly Phrase Missing = new("Images that have not come", "未齊的影像");
    public static readonly Phrase Citizens = new("One study UID, two citizens", "同一檢查 UID 屬兩名市民");
    public static readonly Phrase NotAnnounced = new("Studies that cannot be read", "未能讀取的檢查");
    public static readonly Phrase MissingInstances = new("Missing", "欠缺數目");
    public static readonly Phrase Due = new("Due", "預定時間");
    public static readonly Phrase Reported = new("Examination ended", "檢查完成時間");
    public static readonly Phrase Age = new("Age", "時長");
    public static readonly Phrase Accession = new("Accession number", "檢查編號");
    public static readonly Phrase None = new("none stated", "未有註明");
    public static readonly Phrase Study = new("Study", "檢查 UID");
    public static readonly Phrase Instances = new("Instances", "影像數目");
    public static readonly Phrase Deposit = new("Deposit", "存入紀錄");
    public static readonly Phrase Reason = new("Reason", "原因");
    public static readonly Phrase Days = new("{0} d", "{0} 日");
    public static readonly Phrase Hours = new("{0} h", "{0} 小時");
    public static readonly Phrase Minutes = new("{0} min", "{0} 分鐘");
    public static readonly Phrase NothingOpen = new("Nothing is open here.", "沒有待處理的項目。");
    public static readonly Phrase More = new("The oldest {0} are shown: work these first, or choose one source.", "只顯示最舊的 {0} 項，請先處理這些項目，或選擇單一來源。");

    public static readonly Phrase Open = new("Open", "待處理");
    public static readonly Phrase Dismissed = new("Dismissed", "已略過");
    public static readonly Phrase NothingDismissed = new("Nothing is dismissed here.", "沒有已略過的項目。");
    public static readonly Phrase Dismiss = new("Dismiss", "略過");
    public static readonly Phrase DismissedBy = new("Dismissed by", "略過者");
    public static readonly Phrase Note = new("Note", "備註");
    public static readonly Phrase NoteHint = new("Without names or numbers of patients. Another reason needs one.", "請勿填寫病人姓名或號碼。選擇其他原因時必須填寫。");
    public static readonly Phrase BringBack = new("Bring back", "恢復");
    private static readonly Phrase DismissCitizens = new("Both sources are right about whose images these are?", "兩個來源所指的市民均屬正確？");
    private static readonly Phrase DismissOrder = new("No more images are expected for this order?", "此申請不會再有影像？");
    private static readonly Phrase DismissMissing = new("The missing images will not come?", "欠缺的影像不會再來？");
    public static readonly Phrase DismissDetail = new(
        "The entry leaves the list. It comes back by itself when something new arrives for it. The reason is kept in the audit trail.",
        "此項目會從清單移除；如有新資料到達，會自動重新出現。原因會記入審計紀錄。");

    private static readonly Phrase NotCarriedOut = new("The examination was not made", "檢查沒有進行");
    private static readonly Phrase KeptElsewhere = new("The images are in another system", "影像存於其他系統");
    private static readonly Phrase SentInError = new("The order or report was wrong", "申請或匯報有誤");
    private static readonly Phrase Other = new("Another reason", "其他原因");

    public static Phrase Of(DismissalReason reason) => reason switch
    {
        DismissalReason.NotCarriedOut => NotCarriedOut,
        DismissalReason.KeptElsewhere => KeptElsewhere,
        DismissalReason.SentInError => SentInError,
        _ => Other,
    };

    public static Phrase Of(ImagingMismatch mismatch) => mismatch switch
    {
        ImagingMismatch.StudyWaiting => Waiting,
        ImagingMismatch.OrderWithoutImages => Orders,
        ImagingMismatch.InstancesMissing => Missing,
        ImagingMismatch.StudyOfTwoCitizens => Citizens,
        ImagingMismatch.StudyNotAnnounced => NotAnnounced,
        _ => Images,
    };

    public static Phrase Question(ImagingMismatch mismatch) => mismatch switch
    {
        ImagingMismatch.OrderWithoutImages => DismissOrder,
        ImagingMismatch.StudyOfTwoCitizens => DismissCitizens,
        _ => DismissMissing,
    };

    public static Phrase TimeOf(ImagingMismatch mismatch) => mismatch switch
    {
        ImagingMismatch.OrderWithoutImages => Due,
        ImagingMismatch.InstancesMissing => Reported,
        _ => FlowWords.Received,
    };

    public static Phrase AgeOf(TimeSpan age) => age switch
    {
        { TotalDays: >= 2 } => Days.With((int)age.TotalDays),
        { TotalHours: >= 2 } => Hours.With((int)age.TotalHours),
        _ => Minutes.With(Math.Max(0, (int)age.TotalMinutes)),
    };
}
