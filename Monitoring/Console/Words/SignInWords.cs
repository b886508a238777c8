namespace EHealthPlus.Monitoring.Console.Words;

/// <summary>Signing in with an account, and setting one up.</summary>
internal static class SignInWords
{
    public static readonly Phrase Name = new("Account", "帳戶");
    public static readonly Phrase Password = new("Password", "密碼");
    public static readonly Phrase Code = new("One-time code", "一次性驗證碼");
    public static readonly Phrase CodeHelp = new("The six digits that your authenticator shows now. Each code works once.", "驗證器現時顯示的六位數字。每個驗證碼只可使用一次。");
    public static readonly Phrase Provider = new("For provider", "所屬醫護機構");
    public static readonly Phrase ProviderHelp = new("Only where you work for several: its short id.", "只在你隸屬多間機構時填寫：該機構的代號。");
    public static readonly Phrase Invited = new("I have an invitation", "我有邀請碼");
    public static readonly Phrase WithToken = new("Use the token", "使用權杖");

    public static readonly Phrase GoOn = new(
        "Sign in to go on. A session ends after 15 minutes without a page; what was sent after that was not carried out.", "請登入以繼續。15 分鐘沒有開啟頁面，登入時段便會結束；其後送出的內容並未執行。");

    public static readonly Phrase SetUp = new("Set up your account", "設定帳戶");
    public static readonly Phrase Invitation = new("Invitation", "邀請碼");
    public static readonly Phrase InvitationHelp = new("Paste it as the administrator gave it to you.", "請貼上管理員給你的邀請碼。");
    public static readonly Phrase Continue = new("Continue", "繼續");
    public static readonly Phrase Scan = new("1. Scan this with an authenticator app, or type in the secret below it.", "1. 以驗證器應用程式掃描此圖，或輸入下方的密鑰。");
    public static readonly Phrase ChoosePassword = new("2. Choose a password of at least 12 characters.", "2. 設定最少 12 個字元的密碼。");
    public static readonly Phrase TypeCode = new("3. Type the code that the app shows.", "3. 輸入應用程式顯示的驗證碼。");
    public static readonly Phrase Finish = new("Finish", "完成");
    public static readonly Phrase Done = new("The account is ready", "帳戶已可使用");
    public static readonly Phrase DoneDetail = new("Wait for the next code of your authenticator, and sign in.", "請待驗證器顯示下一個驗證碼，然後登入。");
}
