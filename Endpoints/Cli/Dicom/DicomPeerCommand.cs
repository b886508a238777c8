using System.CommandLine;
using System.Text.Json.Nodes;
using EHealthPlus.Endpoints.Cli.Commands;
using EHealthPlus.Endpoints.Cli.Hub;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Routing.Contracts.Access;

namespace EHealthPlus.Endpoints.Cli.Dicom;

/// <summary>ehp dicom peer: registers an application entity, so that the hub lets it in.</summary>
internal static class DicomPeerCommand
{
    public static Command Create()
    {
        var title = new Argument<string>("AE-TITLE") { Description = "What it calls itself: up to 16 characters" };
        var source = new Option<string>("--source") { Description = "The registered source that it sends for (ehp source)", Required = true };
        var address = new Option<string?>("--address") { Description = "HOST:PORT where it listens, as destination of C-MOVE and of commitment reports" };
        var charset = new Option<string?>("--charset") { Description = "In place of what its data sets say (0008,0005), such as BIG5 or ISO_IR 192" };
        var query = new Option<bool>("--may-query") { Description = "It may search and retrieve in its provider's name: each read is decided and recorded" };
        var off = new Option<bool>("--suspend") { Description = "It is let in no longer" };
        var command = new TaughtCommand("peer", "Register an application entity. An association of an unknown calling AE title is rejected.", ["ehp dicom peer CT-ROOM-1 --source my-ris", "ehp dicom peer MYPACS --source my-ris --address 10.1.2.3:104 --may-query"]) { title, source, address, charset, query, off };
        command.SetAction((parsed, cancellation) => AtHub.RunAsync(parsed, Role.Administrator, async (hub, report) =>
        {
            var (host, port) = ("", 0);
            if (parsed.GetValue(address) is { } listens && !SendCommand.TryEndPoint(listens, out host, out port)) return report.Fail(ExitCode.Usage, "--address wants HOST:PORT");
            var answer = await hub.SendAsync(HttpMethod.Post, "/api/dicom-peers", new JsonObject
            {
                ["aeTitle"] = parsed.GetValue(title), ["sourceId"] = parsed.GetValue(source), ["host"] = port == 0 ? null : host, ["port"] = port == 0 ? null : port,
                ["characterSet"] = parsed.GetValue(charset), ["mayQuery"] = parsed.GetValue(query), ["active"] = !parsed.GetValue(off),
            }, "application/json", cancellation);
            return AtHub.Say(report, answer, parsed.GetValue(off) ? $"{parsed.GetValue(title)} is let in no longer" : $"{parsed.GetValue(title)} is registered");
        }));
        return command;
    }
}
