using System.CommandLine;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using EHealthPlus.Endpoints.Cli.Hub;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Files;
using Spectre.Console;

namespace EHealthPlus.Endpoints.Cli.Commands;

/// <summary>ehp cert: client certificates of service locations, from the hub's own authority.</summary>
public static class CertCommand
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly Argument<string> Location = new("LOCATION") { Description = "Id of the service location" };

    private static readonly Option<string> Out = new("--out") { Description = "Folder for LOCATION.pem, LOCATION.key and authority.pem", DefaultValueFactory = _ => "." };

    private static readonly Option<string?> Request = new("--request")
    {
        Description = "PKCS #10 request in PEM that the location made itself; without it a key is made here, and never leaves this machine",
    };

    public static Command Create() => new("cert", "Client certificates of service locations: issue, list, rotate, revoke.") { Issue(), Rotate(), List(), Revoke(), Authority() };

    private static TaughtCommand Issue()
    {
        var command = new TaughtCommand(
            "issue", "Issue a certificate to a service location. From then on its systems are let in with a certificate only.",
            ["ehp cert issue demo-laboratory-1 --out certificates/", "ehp cert issue my-hospital-main --request my-hospital.csr"]) { Location, Out, Request };
        command.SetAction((parsed, cancellation) => AtHub.RunAsync(parsed, Role.Administrator, (hub, report) => IssueAsync(parsed, hub, report, null, cancellation)));
        return command;
    }

    private static TaughtCommand Rotate()
    {
        var overlap = new Option<int>("--overlap-days") { Description = "How many days the older certificates still hold", DefaultValueFactory = _ => 14 };
        var command = new TaughtCommand(
            "rotate", "Issue a new certificate; the location's older ones end after the overlap.", ["ehp cert rotate demo-laboratory-1 --out certificates/ --overlap-days 7"]) { Location, Out, Request, overlap };
        command.SetAction((parsed, cancellation) =>
            AtHub.RunAsync(parsed, Role.Administrator, (hub, report) => IssueAsync(parsed, hub, report, parsed.GetValue(overlap), cancellation)));
        return command;
    }

    private static Command List()
    {
        var only = new Argument<string?>("LOCATION") { Description = "Only of this service location", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("list", "List the certificates that were issued, newest first.") { only };
        command.SetAction((parsed, cancellation) => AtHub.RunAsync(parsed, Role.Administrator, async (hub, report) =>
        {
            var path = parsed.GetValue(only) is { } location ? $"/api/certificates?serviceLocationId={Uri.EscapeDataString(location)}" : "/api/certificates";
            var answer = await hub.GetAsync(path, cancellation);
            if (!answer.Good) return report.Fail(answer.ExitCode, answer.Reason);
            var table = new Table().AddColumns("Service location", "Thumbprint", "Holds until", "Revoked");
            foreach (var row in answer.Body!.AsArray())
            {
                table.AddRow(Text(row, "serviceLocationId"), Text(row, "thumbprint")[..16], Text(row, "notAfter")[..10], Markup.Escape($"{Text(row, "revokedAt")} {Text(row, "revocationReason")}".Trim()));
            }

            report.Screen.Write(table);
            report.Document(answer.Body);
            return ExitCode.Done;
        }));
        return command;
    }

    private static TaughtCommand Revoke()
    {
        var thumbprint = new Argument<string>("THUMBPRINT") { Description = "Or the beginning of it, as far as it is the only one; or a certificate file" };
        var reason = new Option<string>("--reason") { Description = "Why, for the audit", Required = true };
        var command = new TaughtCommand(
            "revoke", "Refuse a certificate from now on, also on connections that are open.", ["ehp cert revoke 3F2A90 --reason 'key lost'", "ehp cert revoke certificates/demo-laboratory-1.pem --reason 'location closed'"]) { thumbprint, reason };
        command.SetAction((parsed, cancellation) => AtHub.RunAsync(parsed, Role.Administrator, async (hub, report) =>
        {
            var (full, fault) = await ThumbprintAsync(hub, parsed.GetValue(thumbprint)!, cancellation);
            if (full is null) return report.Fail(ExitCode.Refused, fault!);
            var answer = await hub.SendAsync(HttpMethod.Post, $"/api/certificates/{full}/revoke", new JsonObject { ["reason"] = parsed.GetValue(reason) }, "application/json", cancellation);
            return AtHub.Say(report, answer, $"{full[..16]} is revoked");
        }));
        return command;
    }

    private static Command Authority()
    {
        var command = new Command("authority", "Print the certificate of the hub's authority, for a location to trust.");
        command.SetAction((parsed, cancellation) => AtHub.RunAsync(parsed, null, async (hub, report) =>
        {
            var answer = await hub.GetAsync("/certificates/authority.pem", cancellation);
            if (!answer.Good) return report.Fail(answer.ExitCode, answer.Reason);
            report.Line(answer.Text.TrimEnd());
            report.Document(new { pem = answer.Text });
            return ExitCode.Done;
        }));
        return command;
    }

    private static async Task<int> IssueAsync(ParseResult parsed, HubConnection hub, Report report, int? overlapDays, CancellationToken cancellation)
    {
        var location = parsed.GetValue(Location)!;
        using var key = parsed.GetValue(Request) is null ? ECDsa.Create(ECCurve.NamedCurves.nistP256) : null;
        var request = key is null
            ? await File.ReadAllTextAsync(parsed.GetValue(Request)!, cancellation)
            : new CertificateRequest("CN=request", key, HashAlgorithmName.SHA256).CreateSigningRequestPem();
        var body = new JsonObject { ["serviceLocationId"] = location, ["requestPem"] = request };
        if (overlapDays is not null) body["overlapDays"] = overlapDays;
        // Before the certificate is issued: from then on the location is let in with a certificate only, and this key is the only one.
        var folder = Directory.CreateDirectory(parsed.GetValue(Out)!).FullName;
        var certificate = Path.Combine(folder, $"{location}.pem");
        var newKey = Path.Combine(folder, $"{location}.key.new");
        if (key is not null) WriteKey(newKey, key.ExportPkcs8PrivateKeyPem());
        var answer = await hub.SendAsync(HttpMethod.Post, "/api/certificates", body, "application/json", cancellation);
        if (!answer.Good)
        {
            if (key is not null) File.Delete(newKey);
            return report.Fail(answer.ExitCode, answer.Reason);
        }

        try
        {
            if (key is not null) LastingName.Move(newKey, Path.Combine(folder, $"{location}.key"));
            await File.WriteAllTextAsync(certificate, Text(answer.Body, "pem") + "\n", cancellation);
            await File.WriteAllTextAsync(Path.Combine(folder, "authority.pem"), Text(answer.Body, "authorityPem") + "\n", cancellation);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            var keyPlace = key is null ? "" : $" Its key is in {folder}, as {location}.key or {location}.key.new.";
            return report.Fail(ExitCode.Usage, $"A certificate was issued to {location}, but not all of it could be saved: {fault.Message}.{keyPlace} This is the certificate:\n{Text(answer.Body, "pem")}");
        }

        report.Line($"{certificate} holds until {Text(answer.Body!["certificate"], "notAfter")[..10]}{(key is null ? "" : "; its key is beside it, for its owner only")}");
        report.Document(answer.Body);
        return ExitCode.Done;
    }

    private static void WriteKey(string path, string pem)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerOnly;
        // An older key of wider mode would keep it.
        File.Delete(path);
        using var file = new FileStream(path, options);
        file.Write(Encoding.ASCII.GetBytes(pem + "\n"));
        file.Flush(flushToDisk: true);
    }

    private static async Task<(string? Thumbprint, string? Fault)> ThumbprintAsync(HubConnection hub, string given, CancellationToken cancellation)
    {
        if (File.Exists(given))
        {
            using var certificate = X509Certificate2.CreateFromPem(await File.ReadAllTextAsync(given, cancellation));
            return (certificate.GetCertHashString(HashAlgorithmName.SHA256), null);
        }

        var answer = await hub.GetAsync("/api/certificates", cancellation);
        if (!answer.Good) return (null, answer.Reason);
        var fitting = answer.Body!.AsArray().Select(row => Text(row, "thumbprint")).Where(each => each.StartsWith(given, StringComparison.OrdinalIgnoreCase)).ToList();
        return fitting.Count == 1 ? (fitting[0], null) : (null, fitting.Count == 0 ? "No certificate has that thumbprint" : "Several thumbprints begin like that: give more of it");
    }

    private static string Text(JsonNode? node, string name) => node?[name]?.GetValue<string>() ?? "";
}
