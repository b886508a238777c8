using EHealthPlus.Adapters.Dimse.User;
using Spectre.Console;

namespace EHealthPlus.Endpoints.Cli.Dicom;

/// <summary>Shows how far a C-GET or C-MOVE is.</summary>
internal static class TransferProgress
{
    /// <returns>The last answer; null where none came.</returns>
    public static async Task<QueryAnswer?> FollowAsync(ProgressContext screen, string what, IAsyncEnumerable<QueryAnswer> answers)
    {
        var progress = screen.AddTask(what, autoStart: true);
        QueryAnswer? last = null;
        await foreach (var answer in answers)
        {
            last = answer;
            if (answer.SubOperations is not { } counts) continue;
            var done = counts.Completed + counts.Failed + counts.Warning;
            progress.MaxValue(Math.Max(1, done + (counts.Remaining ?? 0)));
            progress.Value = done;
        }

        return last;
    }
}
