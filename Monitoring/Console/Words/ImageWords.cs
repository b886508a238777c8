using System.Text.Encodings.Web;
using System.Text.Json;

namespace EHealthPlus.Monitoring.Console.Words;

/// <summary>Images and their viewer.</summary>
internal static class ImageWords
{
    public static readonly Phrase Page = new("Images", "影像");
    public static readonly Phrase Lead = new("Studies of one citizen that may be shown to you. Each view is recorded, and the citizen can see it.", "可供你取覽的一名市民的檢查。每次取覽均有紀錄，市民可以查閱。");
    public static readonly Phrase OwnLead = new("Your own images, newest first.", "你的影像，最新在前。");
    public static readonly Phrase Find = new("Find", "搜尋");
    public static readonly Phrase None = new("No images that may be shown.", "沒有可供取覽的影像。");
    public static readonly Phrase Date = new("Date", "日期");
    public static readonly Phrase Study = new("Study", "檢查");
    public static readonly Phrase Kind = new("Modality", "類別");
    public static readonly Phrase Patient = new("Name in the images", "影像所示姓名");
    public static readonly Phrase Accession = new("Accession number", "檢查編號");
    public static readonly Phrase Images = new("Images", "影像數目");
    public static readonly Phrase Unnamed = new("Study without a description", "沒有描述的檢查");

    public static readonly Phrase Back = new("Back to the studies", "返回檢查列表");
    public static readonly Phrase Tools = new("Tools", "工具");
    public static readonly Phrase Window = new("Window", "窗寬窗位");
    public static readonly Phrase Scroll = new("Scroll", "捲動");
    public static readonly Phrase Zoom = new("Zoom", "縮放");
    public static readonly Phrase Pan = new("Pan", "平移");
    public static readonly Phrase Length = new("Length", "長度");
    public static readonly Phrase Angle = new("Angle", "角度");
    public static readonly Phrase Invert = new("Invert", "反轉");
    public static readonly Phrase Clear = new("Clear", "清除量度");
    public static readonly Phrase Reset = new("Reset", "重設");
    public static readonly Phrase Compare = new("Compare with …", "與過往檢查比較…");
    public static readonly Phrase Series = new("Series", "序列");
    public static readonly Phrase WindowPreset = new("Window preset", "預設窗寬窗位");
    public static readonly Phrase WindowAsSent = new("As sent", "原設定");
    public static readonly Phrase SoftTissue = new("Soft tissue", "軟組織");
    public static readonly Phrase Lung = new("Lung", "肺");
    public static readonly Phrase Bone = new("Bone", "骨");
    public static readonly Phrase Brain = new("Brain", "腦");
    public static readonly Phrase Liver = new("Liver", "肝");
    public static readonly Phrase Loading = new("Loading …", "載入中…");

    public static readonly Phrase Report = new("Report", "報告");
    public static readonly Phrase Reports = new("Reports ({0})", "報告（{0}）");
    public static readonly Phrase OpenDocument = new("Open the document", "開啟文件");
    public static readonly Phrase Conclusion = new("Conclusion", "結論");
    public static readonly Phrase Preliminary = new("Preliminary", "初步");
    public static readonly Phrase Final = new("Final", "最終");
    public static readonly Phrase Corrected = new("Corrected", "已更正");
    public static readonly Phrase Withdrawn = new("Withdrawn", "已撤回");
    public static readonly Phrase StatusUnknown = new("Status not stated", "未有註明狀態");

    private static readonly Phrase Loaded = new("loaded", "已載入");
    private static readonly Phrase Image = new("Image", "影像");
    private static readonly Phrase Thickness = new("Slice", "層厚");
    private static readonly Phrase NoImages = new("This study holds nothing that can be drawn.", "此檢查沒有可顯示的影像。");
    private static readonly Phrase Failed = new("The images could not be loaded. Load the page again.", "影像未能載入，請重新載入頁面。");
    private static readonly Phrase ImageFailed = new("This image could not be loaded.", "此影像未能載入。");

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What the viewer's script says itself. JSON, for an attribute of the page.</summary>
    public static string ForScript(Language language) => JsonSerializer.Serialize(
        new
        {
            language = language == Language.Chinese ? "zh" : "en",
            loading = Loading.In(language), loaded = Loaded.In(language), image = Image.In(language), thickness = Thickness.In(language), zoom = Zoom.In(language),
            noImages = NoImages.In(language), failed = Failed.In(language), imageFailed = ImageFailed.In(language),
        },
        Plain);
}
