using System.Globalization;
using System.Text;
using EHealthPlus.Adapters.Uploads.Folders;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.Uploads.Answers;

/// <summary>The text beside an answer file, for people: how many, and why not. Holds numbers and control ids, no patient data.</summary>
internal static class SummaryText
{
    public static string Of(UploadRecord upload)
    {
        var text = new StringBuilder();
        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

        Line($"Answers of the eHealth+ hub to {upload.Name}");
        Line($"");
        Line($"Upload     {upload.Id}");
        Line($"Source     {upload.SourceId}");
        Line($"Taken      {upload.TakenAt:yyyy-MM-dd HH:mm:ss} UTC");
        Line($"Finished   {upload.FinishedAt:yyyy-MM-dd HH:mm:ss} UTC");
        Line($"Size       {upload.Bytes} bytes");
        Line($"Batches    {upload.Tally.Batches}");
        Line($"Messages   {upload.Messages}: {upload.Accepted} accepted, {upload.Refused} refused, {upload.Unanswered} that asked for no answer");
        if (upload.Tally.Fault is { } fault)
        {
            Line($"");
            Line($"The file was not in order: {(int)fault} {RejectionTable.Of(fault).English}.");
            Line($"  {upload.Tally.FaultDetail}.");
            Line($"  The messages that were read are decided as counted above.");
        }

        if (upload.Reasons.Count == 0) return text.ToString();
        Line($"");
        Line($"Reasons    number of messages; the first of them");
        foreach (var reason in upload.Reasons)
        {
            var words = Enum.IsDefined((RejectionCode)reason.Code) ? RejectionTable.Of((RejectionCode)reason.Code).English : "No reason given";
            Line($"  {reason.Code,4}  {reason.Count,7}  {words} (first: message {reason.FirstMessage}, MSH-10 {reason.FirstControlId})");
        }

        return text.ToString();
    }
}
