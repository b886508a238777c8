using System.CommandLine;
using EHealthPlus.Endpoints.Cli.Benchmarks;
using EHealthPlus.Endpoints.Cli.Dicom;
using EHealthPlus.Endpoints.Cli.Hub;
using EHealthPlus.Endpoints.Cli.Output;

namespace EHealthPlus.Endpoints.Cli.Commands;

/// <summary>ehp bench: how fast it is here.</summary>
public static class BenchCommand
{
    public static Command Create() => new TaughtCommand("bench", "Measure the hub on this machine.", ["ehp bench translate", "ehp bench fuzz --count 1000000 --seed 1", "ehp bench flow --connections 16 --seconds 60", "ehp bench reads --connections 16 --seconds 30"])
    {
        Flow(), Reads(), Read(), Translate(), Fuzz(), Audit(), Instances(), Dicom(),
    };

    private static Command Flow()
    {
        var connections = new Option<int>("--connections") { Description = "MLLP connections", DefaultValueFactory = _ => 16 };
        var seconds = new Option<int>("--seconds") { Description = "How long to send", DefaultValueFactory = _ => 60 };
        var window = new Option<int>("--window") { Description = "Messages that a connection sends ahead of their answers", DefaultValueFactory = _ => 8 };
        var citizens = new Option<int>("--citizens") { Description = "Synthetic citizens to enrol first", DefaultValueFactory = _ => 1_000 };
        var original = new Option<bool>("--original") { Description = "Original mode: each answer waits for the record; without it enhanced mode, CA at the commit and AA after" };
        var rate = new Option<int>("--rate") { Description = "Messages a second over all connections; 0 sends as fast as answers come", DefaultValueFactory = _ => 0 };
        var warmUp = WarmUp("Seconds to send before it counts");
        var command = new Command("flow", "Send synthetic results to a running hub, and report rate, latency, memory and room on disk. The hub needs its demonstration sources.") { connections, seconds, window, citizens, original, rate, warmUp };
        command.SetAction(async (parsed, cancellation) =>
        {
            var report = new Report(parsed.GetValue(HubOptions.Json));
            if (!SendCommand.TryEndPoint(parsed.GetValue(HubOptions.Mllp)!, out var host, out var port)) return report.Fail(ExitCode.Usage, "--mllp wants ADDRESS:PORT");
            var shape = new FlowShape(parsed.GetValue(connections), parsed.GetValue(window), parsed.GetValue(citizens), !parsed.GetValue(original), parsed.GetValue(rate));
            var bench = new FlowBench(host, port, HubOptions.Address(parsed), shape, report)
            {
                Duration = TimeSpan.FromSeconds(parsed.GetValue(seconds)),
                WarmUp = TimeSpan.FromSeconds(parsed.GetValue(warmUp)),
            };
            return await bench.RunAsync(cancellation);
        });
        return command;
    }

    private static Command Reads()
    {
        var connections = new Option<int>("--connections") { Description = "Readers at the same time", DefaultValueFactory = _ => 16 };
        var seconds = new Option<int>("--seconds") { Description = "How long to read", DefaultValueFactory = _ => 30 };
        var citizens = new Option<int>("--citizens") { Description = "Synthetic citizens whose records are read, at most 700", DefaultValueFactory = _ => 200 };
        var search = new Option<bool>("--search") { Description = "Search observations; without it read one report by its id" };
        var rate = new Option<int>("--rate") { Description = "Reads a second over all connections; 0 reads as fast as answers come", DefaultValueFactory = _ => 0 };
        var warmUp = WarmUp("Seconds to read before it counts");
        var command = new Command("reads", "Read records of a running hub as a clinician with consent, and report the rate and what consent, policy and audit add to a read. The hub needs its demonstration sources.") { connections, seconds, citizens, search, rate, warmUp };
        command.SetAction(async (parsed, cancellation) =>
        {
            var report = new Report(parsed.GetValue(HubOptions.Json));
            if (!SendCommand.TryEndPoint(parsed.GetValue(HubOptions.Mllp)!, out var host, out var port)) return report.Fail(ExitCode.Usage, "--mllp wants ADDRESS:PORT");

            // From number 797 on some are children, who share through somebody else only.
            var bench = new ReadBench(host, port, HubOptions.Address(parsed), report)
            {
                Connections = parsed.GetValue(connections),
                Duration = TimeSpan.FromSeconds(parsed.GetValue(seconds)),
                WarmUp = TimeSpan.FromSeconds(parsed.GetValue(warmUp)),
                Citizens = Math.Clamp(parsed.GetValue(citizens), 1, 700),
                Search = parsed.GetValue(search),
                Rate = parsed.GetValue(rate),
            };
            return await bench.RunAsync(cancellation);
        });
        return command;
    }

    private static Option<int> WarmUp(string seconds) => new("--warm-up") { Description = $"{seconds}: programs that have just started compile", DefaultValueFactory = _ => 20 };

    private static Command Read()
    {
        var command = new Command("read", "Read a 1.4 KB result over and over on one thread, beside a bare string.Split of it.");
        command.SetAction(parsed => TransformBench.Read(new(parsed.GetValue(HubOptions.Json))));
        return command;
    }

    private static Command Translate()
    {
        var command = new Command("translate", "Read, translate and write FHIR JSON with its ledger over and over on one thread.");
        command.SetAction(parsed => TransformBench.Translate(new(parsed.GetValue(HubOptions.Json))));
        return command;
    }

    private static Command Audit()
    {
        var count = new Option<int>("--count") { Description = "Entries", DefaultValueFactory = _ => 1_000_000 };
        var command = new Command("audit", "Write a trail of synthetic entries to a store in the temporary folder, and verify it on one thread.") { count };
        command.SetAction((parsed, cancellation) => AuditBench.RunAsync(parsed.GetValue(count), new(parsed.GetValue(HubOptions.Json)), cancellation));
        return command;
    }

    private static Command Instances()
    {
        var writers = new Option<int>("--writers") { Description = "Instances that are written at the same time", DefaultValueFactory = _ => 4 };
        var size = new Option<int>("--size") { Description = "Bytes of an instance", DefaultValueFactory = _ => 525_000 };
        var count = new Option<int>("--count") { Description = "Instances", DefaultValueFactory = _ => 2_000 };
        var folder = new Option<string?>("--folder") { Description = "Where to put the store; the temporary folder where it is not said" };
        var command = new Command("instances", "Keep synthetic images in a store of its own, each flushed before it is answered, then find and read them.") { writers, size, count, folder };
        command.SetAction((parsed, cancellation) =>
        {
            var bench = new InstanceBench(new(parsed.GetValue(HubOptions.Json)))
            {
                Writers = Math.Max(1, parsed.GetValue(writers)),
                Size = Math.Max(4, parsed.GetValue(size)),
                Count = Math.Max(1, parsed.GetValue(count)),
            };
            return bench.RunAsync(parsed.GetValue(folder), cancellation);
        });
        return command;
    }

    private static Command Fuzz()
    {
        var count = new Option<int>("--count") { Description = "Spoiled messages", DefaultValueFactory = _ => 1_000_000 };
        var seed = new Option<int>("--seed") { Description = "The first message's random seed; the next have the numbers after it", DefaultValueFactory = _ => 1 };
        var messages = new Option<string[]>("--messages") { Description = "Folders of messages to spoil", DefaultValueFactory = _ => ["tests/Corpus/hl7v2", "tests/Golden/Expected"] };
        var command = new Command("fuzz", "Read, translate and answer spoiled messages on one thread: no crash, none slower than 100 ms, no growth of memory, a numbered reason for each refusal.") { count, seed, messages };
        command.SetAction(parsed => new FuzzBench(FuzzBench.CorpusOf(parsed.GetValue(messages)!), new(parsed.GetValue(HubOptions.Json))).Run(parsed.GetValue(count), parsed.GetValue(seed)));
        return command;
    }

    private static TaughtCommand Dicom()
    {
        var associations = new Option<int>("--associations") { Description = "Associations at the same time", DefaultValueFactory = _ => 4 };
        var count = new Option<int>("--count") { Description = "Instances of each association", DefaultValueFactory = _ => 500 };
        var pixels = new Option<int>("--pixel-bytes") { Description = "Pixel data of each instance: 524288 is a CT slice of 512 x 512, 4608 a tiny one", DefaultValueFactory = _ => 512 * 512 * 2 };
        var window = new Option<ushort>("--window") { Description = "Operations that an association has open at a time, where the hub agrees; not for storescu", DefaultValueFactory = _ => 1 };
        var storescu = new Option<bool>("--storescu") { Description = "Send with storescu of DCMTK as it comes, in place of our own sender" };
        var command = new TaughtCommand("dicom", "Store synthetic CT slices in a running hub by C-STORE, and report how many a second were answered for. The hub must know the AE title.", ["ehp bench dicom 127.0.0.1:11112 --ae BENCH", "ehp bench dicom 127.0.0.1:11112 --ae BENCH --associations 1 --pixel-bytes 4608 --count 5000 --storescu"])
        {
            EntityOptions.Address, associations, count, pixels, window, storescu, EntityOptions.Calling, EntityOptions.Called,
        };
        command.SetAction((parsed, cancellation) => EntityOptions.RunAsync(parsed, (options, report) => new DicomBench(options with { Window = Math.Max((ushort)1, parsed.GetValue(window)) }, report)
        {
            Associations = Math.Max(1, parsed.GetValue(associations)),
            Count = Math.Max(1, parsed.GetValue(count)),
            PixelBytes = Math.Max(8, parsed.GetValue(pixels)),
            Storescu = parsed.GetValue(storescu),
        }.RunAsync(cancellation)));
        return command;
    }
}
