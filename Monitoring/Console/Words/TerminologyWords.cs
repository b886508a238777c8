namespace EHealthPlus.Monitoring.Console.Words;

/// <summary>Unmapped codes and local maps.</summary>
internal static class TerminologyWords
{
    public static readonly Phrase Page = new("Unmapped codes", "未對應代碼");
    public static readonly Phrase Lead = new("Codes that neither an official table map nor the sender's own map knows. Most frequent first.", "官方代碼表及發送方本地對照表均未能對應的代碼，次數最多者在前。");
    public static readonly Phrase AllSources = new("All sources", "所有來源");
    public static readonly Phrase Download = new("Download as a map to fill in", "下載為待填對照表（CSV）");
    public static readonly Phrase Field = new("Field", "欄位");
    public static readonly Phrase Table = new("Table", "代碼表");
    public static readonly Phrase Code = new("Code", "代碼");
    public static readonly Phrase System = new("Coding system", "代碼系統");
    public static readonly Phrase Count = new("Times", "次數");
    public static readonly Phrase First = new("First seen", "首次出現");
    public static readonly Phrase Last = new("Last seen", "最近出現");
    public static readonly Phrase Example = new("Example", "例子");
    public static readonly Phrase Further = new("further codes", "其他代碼");
    public static readonly Phrase Nothing = new("Every code was known. Nothing to do.", "所有代碼均已對應，無須處理。");
    public static readonly Phrase Files = new("Local maps in force", "使用中的本地對照表");
    public static readonly Phrase NoFiles = new("No map file is in the terminology folder yet.", "對照表資料夾內尚無檔案。");
    public static readonly Phrase File = new("File", "檔案");
    public static readonly Phrase Rows = new("Rows", "行數");
    public static readonly Phrase LoadedAt = new("Read", "讀取時間");
    public static readonly Phrase Faults = new("What is wrong", "錯誤");
    public static readonly Phrase NeverGood = new("never in force", "從未生效");
    public static readonly Phrase FormerStays = new("The file cannot be used as it stands; what was read from it before stays in force.", "檔案現有內容無法使用；先前讀取的版本仍然生效。");
    public static readonly Phrase Line = new("Line {0}", "第 {0} 行");
    public static readonly Phrase Column = new(", column ", "，欄 ");
    public static readonly Phrase Says = new(": ", "：");
    public static readonly Phrase LoadTitle = new("Load a map", "載入對照表");
    public static readonly Phrase Choose = new("CSV file in UTF-8", "UTF-8 編碼的 CSV 檔案");
    public static readonly Phrase Check = new("Check", "檢查");
    public static readonly Phrase Load = new("Load", "載入");
    public static readonly Phrase Loaded = new("{0} is in force.", "{0} 已生效。");
    public static readonly Phrase WouldChange = new("{0}: {1} rows, {2} new, {3} no longer there. {4} codes of the list below are mapped by it.", "{0}：共 {1} 行，新增 {2} 行，移除 {3} 行；可對應下列清單中的 {4} 個代碼。");
    public static readonly Phrase CannotLoad = new("{0} cannot be loaded.", "{0} 無法載入。");
    public static readonly Phrase NoFile = new("Choose a file first.", "請先選擇檔案。");
}
