using System.CommandLine;
using EHealthPlus.Endpoints.Cli.Demonstration;
using EHealthPlus.Endpoints.Cli.Hub;
using EHealthPlus.Endpoints.Cli.Output;

namespace EHealthPlus.Endpoints.Cli.Commands;

/// <summary>ehp demo: a synthetic hospital, laboratory and imaging centre play against a running hub.</summary>
public static class DemoCommand
{
    public static Command Create()
    {
        var wait = new Option<int>("--wait") { Description = "Seconds to wait for the hub to be ready", DefaultValueFactory = _ => 10 };
        var once = new Option<bool>("--once") { Description = "End after the scenes; without it a gentle flow goes on until Ctrl-C" };
        var command = new Command("demo", "Play a synthetic hospital, laboratory and imaging centre through the hub's real ports: enrolments, admissions, results, a correction, a wrong HKID, a citizen without an account, a duplicate, a batch file, a CT, a radiograph and an ultrasound, a broken frame.") { wait, once };
        command.SetAction(async (parsed, cancellation) =>
        {
            var report = new Report(parsed.GetValue(HubOptions.Json));
            if (!SendCommand.TryEndPoint(parsed.GetValue(HubOptions.Mllp)!, out var host, out var port)) return report.Fail(ExitCode.Usage, "--mllp wants ADDRESS:PORT");
            var address = HubOptions.Address(parsed);
            if (!await Readiness.WaitAsync(address, TimeSpan.FromSeconds(parsed.GetValue(wait)), cancellation))
            {
                return report.Fail(ExitCode.Unreachable, $"No hub is ready at {address.Http}");
            }

            try
            {
                await using var play = new DemoPlay(host, port, address, report);
                var exitCode = await play.ScenesAsync(cancellation);
                if (!parsed.GetValue(once) && exitCode == ExitCode.Done) await play.GentleFlowAsync(cancellation);
                return exitCode;
            }
            catch (IOException fault)
            {
                return report.Fail(ExitCode.Unreachable, fault.Message);
            }
            catch (OperationCanceledException)
            {
                return ExitCode.Done;
            }
        });
        return command;
    }
}
