using System.Diagnostics.Metrics;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Imaging;
using EHealthPlus.Routing.Imaging.Intake;
using EHealthPlus.Tests.Routing.Fakes;
using Microsoft.Extensions.DependencyInjection;

namespace EHealthPlus.Tests.Routing.Imaging;

/// <summary>Who may send images, what must agree, and what is left when it does not.</summary>
public sealed class InstanceIntakeTests : IDisposable
{
    private static readonly Peer Somebody = new("192.0.2.10:50123", "ab12");
    private static readonly InstanceOffer Offer = new("2.25.2", "2.25.9.1", PlainScanner.Syntax, "lab", null, Somebody);

    private readonly PlainScanner scanner = new();
    private readonly PlainInstances store = new();
    private readonly MemoryRegistry registry = new();
    private readonly MemoryCertificates certificates = new();
    private readonly ServiceProvider rooms;

    public InstanceIntakeTests() => rooms = new ServiceCollection().AddLogging()
        .AddSingleton(TimeProvider.System)
        .AddSingleton<IInstanceScanner>(scanner)
        .AddSingleton<IInstanceStore>(store)
        .AddSingleton<IRegistry>(registry)
        .AddSingleton<ICertificateCheck>(certificates)
        .AddInstanceIntake(new() { MaximumBytes = 20_000, MaximumMetaBytes = 64 })
        .BuildServiceProvider();

    public void Dispose() => rooms.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(5_000)]
    public async Task What_came_is_kept_with_who_sent_it(int part)
    {
        var bytes = PlainScanner.DataSet();

        Assert.Equal(new InstanceReceipt(InstanceVerdict.New, new("2.25.1", "2.25.1.1", "2.25.9.1"), "2.25.2"), (await SendAsync(Offer, bytes, part)).Value);

        var (entry, kept) = Assert.Single(store.Kept);
        Assert.Equal(bytes, kept);
        Assert.Null(entry.FileMeta);
        Assert.Equal(("lab", "hospital"), (entry.SourceId, entry.ProviderId));
        Assert.Equal(
            ("source:lab", "deposit", "study/2.25.1", true, "192.0.2.10", "AB12", "hospital"),
            (entry.Audit.Actor, entry.Audit.Action, entry.Audit.Target, entry.Audit.Permitted, entry.Audit.Origin!.Address, entry.Audit.Origin.Certificate, entry.Audit.ProviderId));
        Assert.Equal((0, 0), (scanner.Open, store.Open));
    }

    [Theory]
    [InlineData("META3", 30, 1)]
    [InlineData("META3", 30, 17)]
    [InlineData("META3", 30, 4_000)]
    [InlineData("", 0, 1)]
    [InlineData("", 0, 4_000)]
    public async Task A_file_is_parted_into_meta_information_and_data_set(string head, int length, int part)
    {
        var meta = head.PadRight(length, 'm').Select(c => (byte)c).ToArray();
        var dataSet = PlainScanner.DataSet();

        Assert.True((await SendAsync(Offer with { TransferSyntaxUid = null }, [.. meta, .. dataSet], part)).Accepted);

        var (entry, kept) = Assert.Single(store.Kept);
        Assert.Equal(dataSet, kept);
        Assert.Equal(length == 0 ? null : meta, entry.FileMeta?.ToArray());
    }

    [Fact]
    public async Task Meta_information_has_a_limit()
    {
        var file = "META9".PadRight(90, 'm').Select(c => (byte)c).ToArray();

        Assert.Equal(RejectionCode.FileMetaInvalid, (await SendAsync(Offer with { TransferSyntaxUid = null }, file, 10)).Rejection?.Code);
        Assert.Empty(store.Kept);
    }

    [Fact]
    public async Task The_same_again_is_a_repeat_and_other_bytes_are_a_conflict()
    {
        await SendAsync(Offer, PlainScanner.DataSet());

        Assert.Equal(InstanceVerdict.Repeat, (await SendAsync(Offer, PlainScanner.DataSet())).Value.Verdict);
        var counted = await CountedAsync("ehealthplus_instances_refused_total", () => SendAsync(Offer, PlainScanner.DataSet(pixels: 1001)));
        Assert.Equal([("lab", "851")], counted);
    }

    public static TheoryData<string?, string?, string?> Announced => new()
    {
        { "2.25.77", "2.25.9.1", null },
        { "2.25.2", "2.25.9.77", null },
        { "2.25.2", "2.25.9.1", "2.25.77" },
    };

    [Theory]
    [MemberData(nameof(Announced))]
    public async Task What_was_announced_must_be_what_came(string? sopClass, string? instance, string? study)
    {
        var offer = Offer with { SopClassUid = sopClass, SopInstanceUid = instance, StudyInstanceUid = study };

        Assert.Equal(RejectionCode.InstanceMismatch, (await SendAsync(offer, PlainScanner.DataSet())).Rejection?.Code);
        Assert.Empty(store.Kept);
        Assert.True((await SendAsync(Offer with { SopClassUid = null, SopInstanceUid = null, StudyInstanceUid = "2.25.1" }, PlainScanner.DataSet())).Accepted);
    }

    [Fact]
    public async Task An_instance_over_the_limit_is_refused_early()
    {
        var begun = (await Intake.BeginAsync(Offer, default)).Value;
        await using (begun)
        {
            Assert.Null(await begun.WriteAsync(PlainScanner.DataSet(pixels: 19_000), default));
            Assert.Equal(RejectionCode.InstanceTooLarge, (await begun.WriteAsync(new byte[1_000], default))?.Code);
            Assert.Equal(RejectionCode.InstanceTooLarge, (await begun.WriteAsync(new byte[1], default))?.Code);
            Assert.Equal(RejectionCode.InstanceTooLarge, (await begun.CompleteAsync(default)).Rejection?.Code);
        }

        Assert.Equal((0, 0, 0), (store.Kept.Count, scanner.Open, store.Open));
    }

    [Fact]
    public async Task The_first_fault_is_told_at_once_and_counted_once()
    {
        var counted = await CountedAsync("ehealthplus_instances_refused_total", async () =>
        {
            await using var begun = (await Intake.BeginAsync(Offer, default)).Value;
            Assert.Null(await begun.WriteAsync("2.25.1|"u8.ToArray(), default));
            Assert.Equal(RejectionCode.DataSetInvalid, (await begun.WriteAsync("!"u8.ToArray(), default))?.Code);
            Assert.Equal(RejectionCode.DataSetInvalid, (await begun.CompleteAsync(default)).Rejection?.Code);
        });

        Assert.Equal([("lab", "801")], counted);
    }

    [Fact]
    public async Task A_full_disk_is_told_at_once()
    {
        store.Unwritable = new(RejectionCode.StorageFull, "full");
        await using var begun = (await Intake.BeginAsync(Offer, default)).Value;

        Assert.Equal(RejectionCode.StorageFull, (await begun.WriteAsync(PlainScanner.DataSet(), default))?.Code);
    }

    [Fact]
    public async Task A_data_set_that_ends_early_is_not_kept()
    {
        Assert.Equal(RejectionCode.DataSetTruncated, (await SendAsync(Offer, "2.25.1|2.25"u8.ToArray())).Rejection?.Code);
        Assert.Empty(store.Kept);
    }

    public static TheoryData<string, RejectionCode> Strangers => new()
    {
        { "unknown source", RejectionCode.SourceUnknown },
        { "suspended source", RejectionCode.SourceSuspended },
        { "suspended provider", RejectionCode.SourceSuspended },
        { "another certificate", RejectionCode.SourceCertificateMismatch },
        { "no certificate of the location", RejectionCode.CertificateMissing },
        { "another source's token", RejectionCode.SourceNotOfChannel },
        { "unknown encoding", RejectionCode.TransferSyntaxUnsupported },
    };

    [Theory]
    [MemberData(nameof(Strangers))]
    public async Task Who_may_not_send_begins_nothing(string who, RejectionCode code)
    {
        var offer = Offer with { Peer = Somebody with { CertificateThumbprint = null } };
        switch (who)
        {
            case "unknown source": offer = offer with { SourceId = "nobody" }; break;
            case "suspended source": await registry.SaveAsync(MemoryRegistry.Laboratory with { Active = false }, default); break;
            case "suspended provider": await registry.SaveAsync(MemoryRegistry.Hospital with { Active = false }, default); break;
            case "another certificate": await registry.SaveAsync(MemoryRegistry.Laboratory with { CertificateThumbprint = "CD34" }, default); break;
            case "no certificate of the location": certificates.ByLocation["main"] = "CD34"; break;
            case "another source's token": offer = offer with { Peer = Somebody with { SourceId = "clinic" } }; break;
            default: offer = offer with { TransferSyntaxUid = "1.2.3" }; break;
        }

        Assert.Equal(code, (await Intake.BeginAsync(offer, default)).Rejection?.Code);
        Assert.Equal((0, 0), (scanner.Open, store.Open));
    }

    [Fact]
    public async Task The_source_that_a_token_proves_needs_no_certificate()
    {
        await registry.SaveAsync(MemoryRegistry.Laboratory with { CertificateThumbprint = "CD34" }, default);
        certificates.ByLocation["main"] = "CD34";

        Assert.True((await SendAsync(Offer with { Peer = new("192.0.2.10", null, "lab") }, PlainScanner.DataSet())).Accepted);
    }

    [Theory]
    [InlineData("CT", "CT")]
    [InlineData("TESTPATIENT ONE", "other")]
    [InlineData("", "other")]
    public async Task What_came_is_counted_and_no_free_text_becomes_a_name_of_a_series_of_figures(string modality, string counted)
    {
        var offer = Offer with { SopInstanceUid = null };

        Assert.Equal([("lab", counted)], await CountedAsync("ehealthplus_instances_received_total", () => SendAsync(offer, PlainScanner.DataSet(modality: modality)), "modality"));
    }

    private IInstanceIntake Intake => rooms.GetRequiredService<IInstanceIntake>();

    private async Task<Result<InstanceReceipt>> SendAsync(InstanceOffer offer, byte[] bytes, int part = 400)
    {
        await using var begun = (await Intake.BeginAsync(offer, default)).Value;
        for (var at = 0; at < bytes.Length; at += part)
            if (await begun.WriteAsync(bytes.AsMemory(at, Math.Min(part, bytes.Length - at)), default) is { } rejection) return rejection;
        return await begun.CompleteAsync(default);
    }

    /// <summary>What an instrument counts in this flow of calls.</summary>
    private static async Task<List<(string?, string?)>> CountedAsync(string instrument, Func<Task> act, string tag = "code")
    {
        var counted = new List<(string?, string?)>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (published, self) =>
        {
            if (published.Name == instrument) self.EnableMeasurementEvents(published);
        };
        var flow = new AsyncLocal<bool> { Value = true };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            // Instruments are the process's own: only what this flow of calls counts is looked at.
            if (!flow.Value) return;
            string? Of(ReadOnlySpan<KeyValuePair<string, object?>> all, string name)
            {
                foreach (var one in all)
                    if (one.Key == name) return one.Value?.ToString();
                return null;
            }

            lock (counted) counted.Add((Of(tags, "source"), Of(tags, tag)));
        });
        listener.Start();
        await act();
        return counted;
    }
}
