using System.Data.Common;
using System.Security.Cryptography;
using EHealthPlus.Monitoring.Audit.Checkpoints;
using EHealthPlus.Routing.Contracts.Audit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EHealthPlus.Tests.Monitoring.Audit;

public sealed class CheckpointTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly string path = Directory.CreateTempSubdirectory("ehealthplus-checkpoints-").FullName;
    private readonly CheckpointFolder folder;

    public CheckpointTests()
    {
        folder = new(Path.Combine(path, "own"));
        using var key = folder.OpenKey();
        for (var number = 1; number <= 6; number++) folder.Append(SignedCheckpoint.Sign(Checkpoint(number * 10), folder.Last(), key));
    }

    private string File => Path.Combine(path, "own", CheckpointFolder.FileName);

    public void Dispose() => Directory.Delete(path, recursive: true);

    [Fact]
    public void What_was_signed_is_read_back()
    {
        var reading = folder.Read();
        Assert.Null(reading.Finding);
        Assert.Equal([10, 20, 30, 40, 50, 60], reading.Checkpoints.Select(checkpoint => checkpoint.Number));
        Assert.Equal(Checkpoint(60).Hash.ToArray(), reading.Checkpoints[^1].Hash.ToArray());
        Assert.Equal(Noon, reading.Checkpoints[^1].At);
    }

    [Fact]
    public void A_forged_checkpoint_is_named()
    {
        var lines = System.IO.File.ReadAllLines(File);
        lines[2] = lines[2].Replace(" 30 ", " 29 ", StringComparison.Ordinal);
        System.IO.File.WriteAllLines(File, lines);
        Assert.Equal(new CheckpointFinding(CheckpointFault.Forged, 3), folder.Read().Finding);
        Assert.Equal(2, folder.Read().Checkpoints.Count);
    }

    [Fact]
    public void Checkpoints_chained_anew_with_another_key_are_named()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var lines = System.IO.File.ReadAllLines(File)[..3].ToList();
        var before = SignedCheckpoint.Parse(lines[^1]);
        for (var number = 4; number <= 6; number++) lines.Add((before = SignedCheckpoint.Sign(Checkpoint(number), before, other)).Line);
        System.IO.File.WriteAllLines(File, lines);
        Assert.Equal(new CheckpointFinding(CheckpointFault.Forged, 4), folder.Read().Finding);
    }

    [Fact]
    public void A_public_key_kept_elsewhere_unmasks_a_folder_that_was_made_anew()
    {
        var kept = Path.Combine(path, "kept.pem");
        System.IO.File.Move(Path.Combine(path, "own", CheckpointFolder.PublicKeyName), kept);
        Directory.Delete(Path.Combine(path, "own"), recursive: true);
        using (var key = folder.OpenKey()) folder.Append(SignedCheckpoint.Sign(Checkpoint(5), null, key));
        Assert.Null(folder.Read().Finding);
        Assert.Equal(new CheckpointFinding(CheckpointFault.Forged, 1), folder.Read(kept).Finding);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 4)]
    public void Checkpoints_that_were_taken_away_are_named(int gone, int line)
    {
        System.IO.File.WriteAllLines(File, System.IO.File.ReadAllLines(File).Where((_, at) => at + 1 != gone));
        Assert.Equal(new CheckpointFinding(CheckpointFault.Missing, line), folder.Read().Finding);
    }

    [Fact]
    public void A_trail_put_back_to_an_earlier_state_is_named()
    {
        using (var key = folder.OpenKey()) folder.Append(SignedCheckpoint.Sign(Checkpoint(45), folder.Last(), key));
        Assert.Equal(new CheckpointFinding(CheckpointFault.Backwards, 7), folder.Read().Finding);
    }

    [Fact]
    public void What_a_power_failure_left_of_a_line_is_taken_away()
    {
        System.IO.File.AppendAllText(File, "7 70 abc");
        Assert.Equal(6, folder.Read().Checkpoints.Count);
        Assert.Equal(6, folder.Last()!.Sequence);
        using (var key = folder.OpenKey()) folder.Append(SignedCheckpoint.Sign(Checkpoint(70), folder.Last(), key));
        Assert.Equal((7, null), (folder.Read().Checkpoints.Count, folder.Read().Finding));
    }

    [Fact]
    public void What_a_full_disk_left_of_a_line_does_not_spoil_the_next()
    {
        var last = folder.Last();
        System.IO.File.AppendAllText(File, "7 70 abc");
        using (var key = folder.OpenKey()) folder.Append(SignedCheckpoint.Sign(Checkpoint(70), last, key));
        Assert.Equal((7, null), (folder.Read().Checkpoints.Count, folder.Read().Finding));
    }

    [Fact]
    public async Task A_trail_that_cannot_be_read_for_a_minute_is_vouched_for_in_the_next()
    {
        var clock = new ManualClock(Noon);
        var trail = new Head { Number = 61 };
        using var checkpointing = new Checkpointing(folder, trail, clock, NullLogger<Checkpointing>.Instance);
        await checkpointing.StartAsync(default);
        trail.Fault = new StoreFault();
        await clock.PassAsync(Checkpointing.Interval, () => trail.Fault is null);
        trail.Number = 62;
        await clock.PassAsync(Checkpointing.Interval, () => folder.Read().Checkpoints[^1].Number == 62);
        await checkpointing.StopAsync(default);
        Assert.Null(await checkpointing.CheckAsync(default));
    }

    [Fact]
    public void Nobody_but_the_hub_reads_the_key()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has other permissions");
            return;
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(Path.Combine(path, "own", "checkpoint-key.pem")));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, System.IO.File.GetUnixFileMode(Path.Combine(path, "own")));
    }

    [Fact]
    public async Task A_checkpoint_is_written_at_the_start_each_minute_and_at_the_stop()
    {
        var clock = new ManualClock(Noon);
        var trail = new Head { Number = 61 };
        using var checkpointing = new Checkpointing(folder, trail, clock, NullLogger<Checkpointing>.Instance);
        await checkpointing.StartAsync(default);
        Assert.Equal(61, folder.Read().Checkpoints[^1].Number);
        trail.Number = 62;
        await clock.PassAsync(Checkpointing.Interval, () => folder.Read().Checkpoints[^1].Number == 62);
        trail.Number = 63;
        await checkpointing.StopAsync(default);
        // A minute may have rung twice before its line was seen.
        Assert.Equal([61, 62, 63], folder.Read().Checkpoints.Skip(6).Select(checkpoint => checkpoint.Number).Distinct());
        Assert.Null(folder.Read().Finding);
        Assert.Null(await checkpointing.CheckAsync(default));
    }

    [Fact]
    public async Task A_host_that_disposes_without_a_stop_still_gets_the_last_checkpoint()
    {
        var clock = new ManualClock(Noon);
        var trail = new Head { Number = 61 };
        var checkpointing = new Checkpointing(folder, trail, clock, NullLogger<Checkpointing>.Instance);
        await checkpointing.StartAsync(default);
        trail.Number = 62;
        await clock.PassAsync(Checkpointing.Interval, () => folder.Read().Checkpoints[^1].Number == 62);
        trail.Number = 63;
        await checkpointing.DisposeAsync();
        Assert.True(checkpointing.ExecuteTask!.IsCompletedSuccessfully);
        Assert.Equal(63, folder.Read().Checkpoints[^1].Number);
    }

    [Fact]
    public async Task A_trail_shorter_than_its_checkpoints_is_told_at_the_start()
    {
        using var checkpointing = new Checkpointing(folder, new Head { Number = 59 }, new ManualClock(Noon), NullLogger<Checkpointing>.Instance);
        await checkpointing.StartAsync(default);
        Assert.Contains("ended at entry 59, but a checkpoint vouches for entry 60", await checkpointing.CheckAsync(default), StringComparison.Ordinal);
        await checkpointing.StopAsync(default);
    }

    [Fact]
    public async Task A_trail_that_was_cut_is_told_at_each_start_until_its_checkpoints_are_moved_away()
    {
        await StartedAsync(59);

        Assert.Contains("ended at entry 59, but a checkpoint vouches for entry 60", await StartedAsync(59), StringComparison.Ordinal);
        Assert.Contains("ended at entry 59, but a checkpoint vouches for entry 60", await StartedAsync(75), StringComparison.Ordinal);
        System.IO.File.Move(File, Path.Combine(path, "evidence"));
        Assert.Null(await StartedAsync(75));
        Assert.Null(await StartedAsync(75));
        Assert.Null(folder.Read().Finding);
    }

    [Fact]
    public async Task Another_entry_under_the_number_that_was_vouched_for_is_told_at_each_start()
    {
        using (var key = folder.OpenKey()) folder.Append(SignedCheckpoint.Sign(Checkpoint(60) with { Hash = new byte[32] }, folder.Last(), key));

        Assert.Contains("ended at entry 60, but a checkpoint vouches for another entry 60", await StartedAsync(61), StringComparison.Ordinal);
    }

    /// <returns>What a hub that starts over a trail of this many entries says.</returns>
    private async Task<string?> StartedAsync(long entries)
    {
        using var checkpointing = new Checkpointing(folder, new Head { Number = entries }, new ManualClock(Noon), NullLogger<Checkpointing>.Instance);
        await checkpointing.StartAsync(default);
        await checkpointing.StopAsync(default);
        return await checkpointing.CheckAsync(default);
    }

    private static AuditCheckpoint Checkpoint(long number) => new(number, SHA256.HashData(BitConverter.GetBytes(number)), Noon);

    /// <summary>As the reader of a store throws it.</summary>
    private sealed class StoreFault() : DbException("synthetic");

    private sealed class Head : IAuditReader
    {
        public long Number { get; set; }

        /// <summary>What the next look meets, once.</summary>
        public Exception? Fault { get; set; }

        public Task<AuditCheckpoint> HeadAsync(CancellationToken cancellationToken)
        {
            if (Fault is not { } fault) return Task.FromResult(Checkpoint(Number));
            Fault = null;
            throw fault;
        }

        public Task<IReadOnlyList<AuditRecord>> AfterAsync(long number, IReadOnlyList<string> but, int count, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<AuditRecord>> SearchAsync(AuditSearch search, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<AuditRecord?> GetAsync(long number, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
