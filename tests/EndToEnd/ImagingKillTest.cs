using System.Diagnostics;
using System.Net;
using EHealthPlus.Tests.Adapters.DicomWeb;
using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.EndToEnd;

/// <summary>
/// The hub is killed (SIGKILL) while DCMTK's storescu stores on several associations, again and again. What it answered 0000 is there whole, and
/// once; of what it did not answer, all is there or nothing.
/// </summary>
public sealed class ImagingKillTest : IDisposable
{
    private const int Kills = 20;
    private const int Associations = 4;
    private const int FilesOfAssociation = 40;

    // Of one association, before a kill.
    private const int AnswersBefore = 3;
    private const int Citizen = 75;

    // Instances of up to 48 KiB are kept in the database, others as files of their own: both kinds are under test.
    private const int Small = 6_000;
    private const int Large = 60_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string folder = Directory.CreateTempSubdirectory("ehealthplus-kill-").FullName;
    private readonly List<Sending> studies = [];
    private readonly SmallCt pattern = new(Citizen, 9999);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Twenty_kills_under_load_lose_no_image_that_was_answered_and_leave_none_half()
    {
        var random = new Random(625);
        await using var hub = new HubProcess(extra: new Dictionary<string, string> { ["Hub__StudyQuietSeconds"] = "1", ["Hub__StudyTakeUpSeconds"] = "1" });
        await hub.StartAsync();
        using (var socket = await MllpSocket.OpenAsync(hub.MllpPort)) Assert.Equal("AA", MllpSocket.CodeOf(await socket.AskAsync(Messages.Enrol(Citizen, "ENROL"))));
        await CitizenRecord.ShareAsync(hub, Citizen);

        var next = Prepare();
        for (var kill = 0; kill < Kills; kill++)
        {
            var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var senders = next.Select(sending => SendUntilCutAsync(sending, hub.DicomPort, begun)).ToArray();
            await begun.Task.WaitAsync(Patience, Cancel);
            await Task.Delay(random.Next(0, 250), Cancel);
            await hub.KillAsync();
            await Task.WhenAll(senders);
            var start = hub.StartAsync();
            if (kill + 1 < Kills) next = Prepare();
            await start;
        }

        var answered = studies.Sum(study => study.Answered.Count);
        Assert.True(answered > Kills * Associations * 2, $"Too little load to prove anything: {answered} instances");
        Assert.True(answered < studies.Count * FilesOfAssociation, "No association was cut while it stored");
        foreach (var (study, _, sent) in studies) await AssertKeptAsync(hub, study, sent);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(hub.DataDirectory, "objects", "staging")));
    }

    private List<Sending> Prepare()
    {
        var prepared = new List<Sending>();
        for (var association = 0; association < Associations; association++)
        {
            var study = pattern.Another(1000 + studies.Count);
            var files = Directory.CreateDirectory(Path.Combine(folder, $"{studies.Count}")).FullName;
            for (var number = 0; number < FilesOfAssociation; number++) File.WriteAllBytes(Path.Combine(files, study.KeyOf(number).SopInstanceUid), study.File(number, SizeOf(number)));
            prepared.Add(new(study, files, new(StringComparer.Ordinal)));
            studies.Add(prepared[^1]);
        }

        return prepared;
    }

    /// <summary>storescu tells of each file when it begins it, and of each answer.</summary>
    private static async Task SendUntilCutAsync(Sending study, int port, TaskCompletionSource begun)
    {
        var start = new ProcessStartInfo("storescu", ["-v", "-aet", "DEMO-PACS", "-aec", "EHEALTHPLUS", "127.0.0.1", $"{port}", "+sd", study.Files]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var storescu = Process.Start(start)!;
        var (other, sending) = (storescu.StandardOutput.ReadToEndAsync(Cancel), "");
        while (await storescu.StandardError.ReadLineAsync(Cancel) is { } line)
        {
            if (line.StartsWith("I: Sending file: ", StringComparison.Ordinal)) sending = Path.GetFileName(line);
            if (!line.StartsWith("I: Received Store Response (Success)", StringComparison.Ordinal)) continue;
            study.Answered.Add(sending);
            if (study.Answered.Count >= AnswersBefore) begun.TrySetResult();
        }

        await storescu.WaitForExitAsync(Cancel);
        await other;
        Directory.Delete(study.Files, recursive: true);
    }

    private static async Task AssertKeptAsync(HubProcess hub, SmallCt study, HashSet<string> answered)
    {
        using var clinician = hub.Http("clinician");
        List<AnswerPart> parts = [];
        // The clinician sees a study when it is filed, which is after its quiet period.
        await Wait.UntilAsync(
            async () =>
            {
                parts = await RetrieveAsync(clinician, study.StudyUid);
                return answered.IsSubsetOf(parts.Select(UidOf));
            },
            Patience, () => $"Answered and not there: {string.Join(", ", answered.Except(parts.Select(UidOf)))}\n{hub.ReadLog()}");

        Assert.Distinct(parts.Select(UidOf));
        Assert.All(parts, part =>
        {
            var number = Enumerable.Range(0, FilesOfAssociation).Single(number => study.KeyOf(number).SopInstanceUid == UidOf(part));
            Assert.True(part.Bytes.AsSpan().EndsWith(study.DataSet(number, SizeOf(number))), $"{UidOf(part)} is not whole");
        });
    }

    private static async Task<List<AnswerPart>> RetrieveAsync(HttpClient clinician, string study)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/dicomweb/studies/{study}");
        request.Headers.TryAddWithoutValidation("Accept", "multipart/related; type=\"application/dicom\"; transfer-syntax=*");
        using var answer = await clinician.SendAsync(request, Cancel);
        return answer.StatusCode == HttpStatusCode.OK ? await MultipartAnswer.PartsAsync(answer) : [];
    }

    private static int SizeOf(int number) => number % 3 == 0 ? Large : Small;

    private static string UidOf(AnswerPart part) => part.Location[(part.Location.LastIndexOf('/') + 1)..];

    /// <param name="Files">Folder of its instances, each under its UID.</param>
    /// <param name="Answered">UIDs of those that the hub said 0000 to.</param>
    private sealed record Sending(SmallCt Study, string Files, HashSet<string> Answered);
}
