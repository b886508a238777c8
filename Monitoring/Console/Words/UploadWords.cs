using EHealthPlus.Routing.Contracts.Uploads;

namespace EHealthPlus.Monitoring.Console.Words;

/// <summary>The page of uploaded files.</summary>
internal static class UploadWords
{
    public static readonly Phrase Uploads = new("Uploads", "檔案上載");
    public static readonly Phrase Lead = new("Batch files out of watched folders and over HTTP", "來自監察資料夾及 HTTP 的批次檔案");
    public static readonly Phrase NoneYet = new("No file has been uploaded yet. A source puts files into its folder in/, or sends them with POST /uploads.", "尚未有上載檔案。來源可將檔案放入其 in/ 資料夾，或以 POST /uploads 傳送。");
    public static readonly Phrase ForSource = new("For source", "來源");
    public static readonly Phrase File = new("File", "檔案");
    public static readonly Phrase Upload = new("Upload", "上載");
    public static readonly Phrase NotTaken = new("The file was not taken: {0} {1}", "檔案未獲接納：{0} {1}");
    public static readonly Phrase Progress = new("Progress", "進度");
    public static readonly Phrase Messages = new("Messages", "訊息");
    public static readonly Phrase Accepted = new("Accepted", "接納");
    public static readonly Phrase Refused = new("Refused", "拒收");
    public static readonly Phrase Reasons = new("Reasons", "原因");
    public static readonly Phrase Answer = new("Answer", "回覆檔案");
    public static readonly Phrase Download = new("Download", "下載");
    public static readonly Phrase Counted = new("{0} accepted, {1} refused, {2} without an answer", "接納 {0}、拒收 {1}、無須回覆 {2}");
    public static readonly Phrase First = new("first: message {0}, MSH-10 {1}", "首個：第 {0} 個訊息，MSH-10 {1}");
    public static readonly Phrase HeldUp = new("Held up: {0}", "受阻：{0}");

    private static readonly Phrase Waiting = new("Waiting", "等候中");
    private static readonly Phrase Working = new("In work", "處理中");
    private static readonly Phrase Done = new("Done", "完成");
    private static readonly Phrase NotInOrder = new("File not in order", "檔案有誤");

    public static Phrase Of(UploadState state) => state switch
    {
        UploadState.Waiting => Waiting,
        UploadState.Working => Working,
        UploadState.Done => Done,
        _ => NotInOrder,
    };
}
