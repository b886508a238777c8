using EHealthPlus.Routing.Contracts.Identity;

namespace EHealthPlus.Monitoring.Console.Words;

/// <summary>The review queue of the person index, and persons.</summary>
internal static class IdentityWords
{
    public static readonly Phrase Page = new("Identities", "身份核對");
    public static readonly Phrase Lead = new("Patients whom no rule could match. Nothing is linked until a registrar decides.", "系統規則未能配對的病人。未經登記主任確認，不會連結任何紀錄。");
    public static readonly Phrase NothingWaits = new("Nothing waits for a decision.", "沒有待確認的身份。");
    public static readonly Phrase Open = new("Open", "待處理");
    public static readonly Phrase Linked = new("Linked", "已連結");
    public static readonly Phrase Dismissed = new("Nobody of these", "並非任何候選人");
    public static readonly Phrase Review = new("Identity review {0}", "身份核對 {0}");
    public static readonly Phrase Question = new("Why", "原因");
    public static readonly Phrase Stated = new("As stated", "來源所述");
    public static readonly Phrase StatedBy = new("Stated by {0}", "{0} 所述");
    public static readonly Phrase Candidates = new("Candidates", "候選人");
    public static readonly Phrase Candidate = new("Candidate {0}", "候選人 {0}");
    public static readonly Phrase WaitingNumbers = new("Numbers of the deposits that wait", "等候中的存入紀錄編號");
    public static readonly Phrase Waiting = new("Deposits waiting", "等候中的存入紀錄");
    public static readonly Phrase Likeliest = new("Likeliest", "最高吻合度");
    public static readonly Phrase Weight = new("Weight", "權重");
    public static readonly Phrase Bits = new("{0} bits, {1}", "{0} 位元，{1}");
    public static readonly Phrase Since = new("Since", "開始時間");
    public static readonly Phrase Number = new("Identity card number", "身份證號碼");
    public static readonly Phrase OtherNumbers = new("Other numbers", "其他編號");
    public static readonly Phrase Name = new("Name", "姓名");
    public static readonly Phrase ChineseName = new("Chinese name", "中文姓名");
    public static readonly Phrase Sex = new("Sex", "性別");
    public static readonly Phrase BirthDate = new("Date of birth", "出生日期");
    public static readonly Phrase Female = new("Female", "女");
    public static readonly Phrase Male = new("Male", "男");
    public static readonly Phrase OtherSex = new("Other", "其他");
    public static readonly Phrase UnknownSex = new("Unknown", "不詳");
    public static readonly Phrase Choose = new("This is the person", "就是此人");
    public static readonly Phrase Nobody = new("None of them", "並非以上任何人");
    public static readonly Phrase Reason = new("Reason, for the history", "原因（記入歷史）");
    public static readonly Phrase Decide = new("Decide", "確認決定");
    public static readonly Phrase DecideDetail = new("The local numbers are linked to the person chosen, and the waiting messages are processed again.", "本地編號會連結至所選的人，等候中的訊息會重新處理。");
    public static readonly Phrase DecidedBy = new("Decided by {0}: {1}", "由 {0} 決定：{1}");
    public static readonly Phrase CareTwins = new("Twins, and people of the same name and birthday, look alike here. When in doubt, ask for the document.", "雙胞胎或同名同生日的人看來相似；如有疑問，請核對證件。");
    public static readonly Phrase KeysHint = new("Keys: 1 to 9 choose a candidate, 0 none, r the reason", "快捷鍵：1 至 9 選候選人，0 為並非任何人，r 填寫原因");
    public static readonly Phrase Person = new("Person", "個人資料");
    public static readonly Phrase FindPerson = new("Find by identity card number", "按身份證號碼搜尋");
    public static readonly Phrase NobodyFoundDetail = new("Check the number on the card, and search again.", "請核對身份證上的號碼，然後再搜尋。");
    public static readonly Phrase Assurance = new("Known by", "資料來源");
    public static readonly Phrase ByStatement = new("stated", "口述或輸入");
    public static readonly Phrase ByDocument = new("document seen", "已查看證件");
    public static readonly Phrase ByChip = new("chip read", "讀取晶片");
    public static readonly Phrase LocalNumbers = new("Local numbers", "本地編號");
    public static readonly Phrase NoLocalNumbers = new("No source's number is linked.", "未有連結任何來源的編號。");
    public static readonly Phrase Authority = new("Given by", "編號機構");
    public static readonly Phrase Unlink = new("Unlink", "解除連結");
    public static readonly Phrase UnlinkDetail = new("What this source sent about the person leaves the record at once and is identified again.", "此來源所存有關此人的資料會立即移離紀錄，並重新核對身份。");
    public static readonly Phrase Merge = new("Merge another person into this one", "將另一人併入此人");
    public static readonly Phrase MergeDetail = new("For one person with two accounts. Numbers and record come together; a split undoes it.", "適用於一人有兩個帳戶：編號及紀錄會合併，可用分拆還原。");
    public static readonly Phrase MergedPersons = new("Merged into this person", "已併入此人");
    public static readonly Phrase MergedInto = new("Merged into another person", "已併入另一人");
    public static readonly Phrase Split = new("Split off again", "分拆還原");
    public static readonly Phrase History = new("History", "歷史");
    public static readonly Phrase NoHistory = new("Nothing has happened since the enrolment.", "登記後未有變更。");
    public static readonly Phrase Event = new("Event", "事項");
    public static readonly Phrase By = new("By", "執行者");
    public static readonly Phrase EventAmended = new("Amended", "已修訂");
    public static readonly Phrase EventLinked = new("Number linked", "已連結編號");
    public static readonly Phrase EventUnlinked = new("Number unlinked", "已解除編號");
    public static readonly Phrase EventMerged = new("Merged", "已合併");
    public static readonly Phrase EventSplit = new("Split", "已分拆");
    public static readonly Phrase Same = new("same", "相同");
    public static readonly Phrase SoundsAlike = new("sounds alike", "讀音相近");
    public static readonly Phrase Slip = new("a slip apart", "疑似筆誤");
    public static readonly Phrase Partly = new("partly", "部分相同");
    public static readonly Phrase Differs = new("differs", "不同");
    public static readonly Phrase NotStated = new("not stated", "未有提供");
    public static readonly Phrase CauseNoNumber = new("No identity card number", "沒有身份證號碼");
    public static readonly Phrase CauseNear = new("Number one letter off", "號碼字母相差一個");
    public static readonly Phrase CauseConflict = new("Fields conflict", "資料不一致");
    public static readonly Phrase CauseDisputed = new("Source takes numbers apart", "來源要求分拆編號");

    public static Phrase Of(ReviewCause cause) => cause switch
    {
        ReviewCause.NoNumber => CauseNoNumber,
        ReviewCause.NearNumber => CauseNear,
        ReviewCause.Conflict => CauseConflict,
        _ => CauseDisputed,
    };

    public static Phrase Of(ReviewState state) => state switch { ReviewState.Open => Open, ReviewState.Linked => Linked, _ => Dismissed };

    public static Phrase Of(FieldAgreement agreement) => agreement switch
    {
        FieldAgreement.Same => Same,
        FieldAgreement.SoundsAlike => SoundsAlike,
        FieldAgreement.Slip => Slip,
        FieldAgreement.Partly => Partly,
        FieldAgreement.Differs => Differs,
        _ => NotStated,
    };

    public static Phrase Of(AdministrativeSex sex) => sex switch
    {
        AdministrativeSex.Female => Female,
        AdministrativeSex.Male => Male,
        AdministrativeSex.Other => OtherSex,
        _ => UnknownSex,
    };

    public static Phrase Of(Assurance assurance) => assurance switch
    {
        Routing.Contracts.Identity.Assurance.ChipRead => ByChip,
        Routing.Contracts.Identity.Assurance.DocumentSeen => ByDocument,
        _ => ByStatement,
    };

    public static Phrase Of(PersonEventKind kind) => kind switch
    {
        PersonEventKind.Amended => EventAmended,
        PersonEventKind.Linked => EventLinked,
        PersonEventKind.Unlinked => EventUnlinked,
        PersonEventKind.Merged => EventMerged,
        _ => EventSplit,
    };
}
