namespace EHealthPlus.Monitoring.Console.Words;

/// <summary>Frame of every page, sign-in, and what the roles are called.</summary>
internal static class ShellWords
{
    public static readonly Phrase Product = new("eHealth+ Hub", "醫健通+ 樞紐");
    public static readonly Phrase SkipToContent = new("Skip to content", "跳至內容");
    public static readonly Phrase Pages = new("Pages", "頁面");
    public static readonly Phrase Flow = new("Flow", "流程");
    public static readonly Phrase Deposits = new("Deposits", "存入紀錄");
    public static readonly Phrase Sources = new("Sources", "來源");
    public static readonly Phrase Rejections = new("Error numbers", "錯誤編號");
    public static readonly Phrase Audit = new("Audit", "審計");
    public static readonly Phrase Language = new("繁體中文", "English");
    public static readonly Phrase Theme = new("Theme", "色調");
    public static readonly Phrase ThemeAuto = new("Auto", "自動");
    public static readonly Phrase ThemeLight = new("Light", "淺色");
    public static readonly Phrase ThemeDark = new("Dark", "深色");
    public static readonly Phrase Keys = new("Keyboard", "鍵盤快捷鍵");
    public static readonly Phrase SignOut = new("Sign out", "登出");
    public static readonly Phrase Close = new("Close", "關閉");
    public static readonly Phrase HongKongTime = new("Hong Kong time", "香港時間");

    public static readonly Phrase Minutes = new(" min", " 分鐘");
    public static readonly Phrase Hours = new(" h", " 小時");
    public static readonly Phrase Days = new(" d", " 日");

    public static readonly Phrase SignIn = new("Sign in", "登入");
    public static readonly Phrase SignInLead = new("Watch messages flow, find one, and see what became of each of its fields.", "監察訊息流程、搜尋訊息，並查看每個欄位的去向。");
    public static readonly Phrase Token = new("Access token", "存取權杖");
    public static readonly Phrase TokenHelp = new("One token for each role is in credentials.json, in the hub's data folder.", "各角色的權杖存於系統資料夾內的 credentials.json。");
    public static readonly Phrase TokenWrong = new("This token is not known. Check that it was copied whole, without quotation marks.", "權杖無效。請確認已完整複製，且不包括引號。");
    public static readonly Phrase TokenMissing = new("Paste a token first.", "請先貼上權杖。");

    public static readonly Phrase NotForRole = new("This page is not for your role", "你的角色無權使用此頁");
    public static readonly Phrase NotForRoleDetail = new("You are signed in as {0}. {1}", "你現以「{0}」身份登入。{1}");
    public static readonly Phrase NoPages = new("This role has no pages in the console.", "此角色在控制台沒有可用頁面。");
    public static readonly Phrase SignInAs = new("Sign in with another token to go there.", "如需使用，請以其他權杖登入。");
    public static readonly Phrase NotFound = new("No such page or deposit", "找不到此頁面或存入紀錄");
    public static readonly Phrase NotFoundDetail = new("The address may be mistyped, or the number does not exist.", "網址可能有誤，或該編號並不存在。");
    public static readonly Phrase FormExpired = new("This form is out of date. Go back, load the page again, and repeat the action.", "此表格已過期。請返回並重新載入頁面，然後再試。");

    public static readonly Phrase KeySearch = new("Search", "搜尋");
    public static readonly Phrase KeyNextPrevious = new("Next, previous row", "下一行、上一行");
    public static readonly Phrase KeyOpen = new("Open the row", "開啟該行");
    public static readonly Phrase KeyTabs = new("Move between tabs", "切換分頁");
    public static readonly Phrase KeyNeighbour = new("Newer, older deposit", "較新、較舊的存入紀錄");
    public static readonly Phrase KeyPause = new("Pause the live view", "暫停即時更新");
    public static readonly Phrase KeyHelp = new("This help", "顯示此說明");

    public static readonly Phrase Administrator = new("Administrator", "系統管理員");
    public static readonly Phrase Operator = new("Operator", "值班操作員");
    public static readonly Phrase IntegrationEngineer = new("Integration engineer", "系統整合工程師");
    public static readonly Phrase Registrar = new("Registrar", "登記主任");
    public static readonly Phrase Clinician = new("Clinician", "醫護人員");
    public static readonly Phrase Citizen = new("Citizen", "市民");
    public static readonly Phrase Auditor = new("Auditor", "審計人員");
    public static readonly Phrase SendingSystem = new("Sending system", "發送系統");

    public static Phrase Of(Routing.Contracts.Access.Role role) => role switch
    {
        Routing.Contracts.Access.Role.Administrator => Administrator,
        Routing.Contracts.Access.Role.Operator => Operator,
        Routing.Contracts.Access.Role.IntegrationEngineer => IntegrationEngineer,
        Routing.Contracts.Access.Role.Registrar => Registrar,
        Routing.Contracts.Access.Role.Clinician => Clinician,
        Routing.Contracts.Access.Role.Citizen => Citizen,
        Routing.Contracts.Access.Role.Source => SendingSystem,
        _ => Auditor,
    };
}
