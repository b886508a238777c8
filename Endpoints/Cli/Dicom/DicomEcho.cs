using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using EHealthPlus.Adapters.Dimse.User;
using EHealthPlus.Endpoints.Cli.Output;

namespace EHealthPlus.Endpoints.Cli.Dicom;

/// <summary>ehp dicom echo: is there an application entity, and does it let us in?</summary>
internal static class DicomEcho
{
    public static Command Create()
    {
        var command = new TaughtCommand("echo", "Ask another application entity for a C-ECHO: is it there, and does it let us in?", ["ehp dicom echo 127.0.0.1:11112 --ae MYPACS", "ehp dicom echo hub.example:2762 --ae MYPACS --authority authority.pem --certificate my-centre-main.pem"])
        {
            EntityOptions.Address, EntityOptions.Calling, EntityOptions.Called,
        };
        command.SetAction((parsed, cancellation) => EntityOptions.RunAsync(parsed, async (options, report) =>
        {
            var started = Stopwatch.GetTimestamp();
            await using var user = await DicomUser.OpenToStoreAsync(options, [], [], TimeProvider.System, cancellation);
            var status = await user.EchoAsync(cancellation);
            await user.ReleaseAsync(cancellation);
            var milliseconds = Math.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds, 1);
            report.Document(new { status, milliseconds });
            report.Line(string.Create(CultureInfo.InvariantCulture, $"{options.CalledAeTitle} answers with status {status:X4}H after {milliseconds} ms"));
            return status == 0 ? ExitCode.Done : ExitCode.Refused;
        }));
        return command;
    }
}
