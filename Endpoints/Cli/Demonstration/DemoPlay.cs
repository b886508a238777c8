using System.Globalization;
using System.Net.Sockets;
using System.Text;
using EHealthPlus.Adapters.Dimse.User;
using EHealthPlus.Adapters.Mllp.Sender;
using EHealthPlus.Endpoints.Cli.Commands;
using EHealthPlus.Endpoints.Cli.Hub;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Endpoints.Cli.Synthetic;
using EHealthPlus.Routing.Contracts.Access;

namespace EHealthPlus.Endpoints.Cli.Demonstration;

/// <summary>The scenes of the demo. Each prints what it does and what the hub answered.</summary>
internal sealed class DemoPlay(string host, int port, HubAddress hub, Report report) : IAsyncDisposable
{
    private const string Clinic = "demo-clinic";

    private readonly string session = Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(3));
    private readonly MllpSender sender = new(new() { Host = host, Port = port }, TimeProvider.System);
    private SyntheticHospital? hospital;
    private SyntheticLaboratory? laboratory;

    private SyntheticHospital Hospital => hospital ??= new(session, TimeProvider.System);

    private SyntheticLaboratory Laboratory => laboratory ??= new(session, TimeProvider.System);

    public async Task<int> ScenesAsync(CancellationToken cancellation)
    {
        var citizen = SyntheticCitizen.Specimen;
        var (registrar, fault) = HubConnection.Open(hub, Role.Registrar);
        if (registrar is null) return report.Fail(ExitCode.Usage, fault!);
        using (registrar)
        {
            Scene("A citizen enrols over the API and shares the record with a clinic for good");
            var enrolled = await EnrolCommand.EnrolAsync(registrar, citizen, cancellation);
            if (!enrolled.Good) return report.Fail(enrolled.ExitCode, enrolled.Reason);
            Said($"{citizen.FamilyName} {citizen.GivenName} ({citizen.ChineseName}) has an account");
            var shared = await ConsentCommand.ShareAsync(registrar, citizen.DocumentNumber, Clinic, years: null, cancellation);
            if (!shared.Good) return report.Fail(shared.ExitCode, shared.Reason);
            Said($"sharing consent to {Clinic}, indefinite");
        }

        Scene("The hospital opens accounts for three more citizens (ADT^A28)");
        for (var number = 1; number <= 3; number++) await SayAsync(Hospital.Enrol(SyntheticCitizen.Of(number)), cancellation);

        Scene("A stay: admission, transfer, discharge, and a discharge taken back");
        var visit = $"V{session}1";
        await SayAsync(Hospital.Stay("A01", citizen, visit, "WARD7"), cancellation);
        await SayAsync(Hospital.Stay("A02", citizen, visit, "ICU", "WARD7"), cancellation);
        await SayAsync(Hospital.Stay("A03", citizen, visit, "ICU", discharged: true), cancellation);
        await SayAsync(Hospital.Stay("A13", citizen, visit, "ICU"), cancellation);

        Scene("A laboratory result: preliminary, final, corrected");
        await SayAsync(Laboratory.BloodCount(citizen, $"{session}1", 'P', 3), cancellation);
        await SayAsync(Laboratory.BloodCount(citizen, $"{session}1", 'F', 3), cancellation);
        await SayAsync(Laboratory.BloodCount(citizen, $"{session}1", 'C', 29), cancellation);

        Scene("The same message again: the first answer, and no second record");
        var repeated = Laboratory.BloodCount(citizen, $"{session}2", 'F', 12);
        await SayAsync(repeated, cancellation);
        await SayAsync(repeated, cancellation);

        Scene("An identity number with a wrong check digit");
        await SayAsync(Hospital.Stay("A01", citizen with { DocumentNumber = "A1234564" }, $"V{session}2", "WARD1"), cancellation);

        Scene("A citizen without an account");
        await SayAsync(Laboratory.BloodCount(SyntheticCitizen.Of(999), $"{session}3", 'F', 5), cancellation);

        Scene("A citizen who has withdrawn from eHealth");
        if (await WithdrawAsync(SyntheticCitizen.Of(3), cancellation) is { } withdrawal) return withdrawal;
        await SayAsync(Laboratory.BloodCount(SyntheticCitizen.Of(3), $"{session}4", 'F', 7), cancellation);

        Scene("The laboratory drops a batch file of ten results into its folder");
        await DropBatchAsync(cancellation);

        Scene("The imaging centre stores a CT of five slices, a chest radiograph and an ultrasound (C-STORE); when half a minute has passed without another image, each study is in the record");
        await StoreStudiesAsync(citizen, cancellation);

        Scene("A broken frame: half a message, and the line goes dead");
        await BreakFrameAsync(cancellation);

        Scene("The clinic reads the record (FHIR)");
        return await ReadAsync(citizen, cancellation);
    }

    private async Task DropBatchAsync(CancellationToken cancellation)
    {
        if (DroppedBatch.FolderOf(hub) is not { } folder)
        {
            Said("no upload folder of the laboratory is on this machine");
            return;
        }

        var told = await DroppedBatch.DropAsync(folder, $"night-{session}.hl7", DroppedBatch.Of(Laboratory), cancellation);
        foreach (var line in told?.Where(line => line.StartsWith("Messages", StringComparison.Ordinal) || line.StartsWith("  ", StringComparison.Ordinal)) ?? ["no answer yet: see /uploads"]) Said(line.Trim());
        Said($"the answers are in {Path.Combine(folder, "answers")}");
    }

    private async Task StoreStudiesAsync(Citizen citizen, CancellationToken cancellation)
    {
        if (!SendCommand.TryEndPoint(Environment.GetEnvironmentVariable("Hub__Dicom") ?? "127.0.0.1:11112", out var dicomHost, out var dicomPort)) return;
        var study = new SyntheticStudy(SyntheticStudy.NewUid(), 256 * 256 * 2, citizen);
        SyntheticInstance[] instances =
        [
            .. Enumerable.Range(0, 5).Select(number => new SyntheticInstance(SyntheticStudy.Kind, study.InstanceUid(number), study.DataSet(number))),
            SyntheticInstance.Radiograph(citizen), SyntheticInstance.Ultrasound(citizen),
        ];
        var archive = new DicomUserOptions { Host = dicomHost, Port = dicomPort, CallingAeTitle = "DEMO-PACS", CalledAeTitle = "EHEALTHPLUS" };
        await using var user = await DicomUser.OpenToStoreAsync(archive, instances.Select(instance => instance.Kind), [], TimeProvider.System, cancellation);
        foreach (var instance in instances)
        {
            using var dataSet = new MemoryStream(instance.DataSet, writable: false);
            var outcome = await user.StoreAsync(instance.Kind, instance.SopInstanceUid, dataSet, cancellation);
            Said(string.Create(CultureInfo.InvariantCulture, $"C-STORE {instance.SopInstanceUid} -> {outcome.Status:X4} {outcome.Comment}"));
        }

        await user.ReleaseAsync(cancellation);
    }

    private async Task<int?> WithdrawAsync(Citizen citizen, CancellationToken cancellation)
    {
        var (registrar, fault) = HubConnection.Open(hub, Role.Registrar);
        if (registrar is null) return report.Fail(ExitCode.Usage, fault!);
        using (registrar)
        {
            var (_, refused) = await ConsentCommand.EndAsync(registrar, citizen.DocumentNumber, provider: null, cancellation);
            return refused is null ? null : report.Fail(refused.ExitCode, refused.Reason);
        }
    }

    /// <summary>About two messages a second, so that the console has something to show.</summary>
    public async Task GentleFlowAsync(CancellationToken cancellation)
    {
        Scene($"A gentle flow goes on until Ctrl-C: look at {hub.Http}");
        for (var number = 0; ; number++)
        {
            var citizen = SyntheticCitizen.Of(1 + number % 2);
            var message = (number % 5) switch
            {
                0 => Hospital.Stay("A01", citizen, $"V{session}F{number}", "WARD2"),
                4 when number % 20 == 19 => Laboratory.BloodCount(SyntheticCitizen.Of(900 + number % 50), $"{session}F{number}", 'F', number),
                _ => Laboratory.BloodCount(citizen, $"{session}F{number}", 'F', number),
            };
            await sender.SendAsync(message, cancellation);
            await Task.Delay(TimeSpan.FromMilliseconds(500), cancellation);
        }
    }

    public ValueTask DisposeAsync() => sender.DisposeAsync();

    private async Task<int> ReadAsync(Citizen citizen, CancellationToken cancellation)
    {
        var (clinician, fault) = HubConnection.Open(hub, Role.Clinician);
        if (clinician is null) return report.Fail(ExitCode.Usage, fault!);
        using (clinician)
        {
            var person = await clinician.SendAsync(HttpMethod.Get, $"/fhir/Patient?identifier={citizen.DocumentNumber}", null, "application/fhir+json", cancellation);
            if (!person.Good) return report.Fail(person.ExitCode, person.Reason);
            var id = person.Body!["entry"]![0]!["resource"]!["id"]!.GetValue<string>();
            var results = await clinician.SendAsync(HttpMethod.Get, $"/fhir/Observation?patient={id}&_count=50", null, "application/fhir+json", cancellation);
            if (!results.Good) return report.Fail(results.ExitCode, results.Reason);
            var entries = results.Body!["entry"]?.AsArray() ?? [];
            foreach (var entry in entries)
            {
                var observation = entry!["resource"]!;
                var value = observation["valueQuantity"] is { } quantity ? $"{quantity["value"]} {quantity["unit"]}" : observation["valueString"]?.GetValue<string>();
                Said($"{observation["code"]!["text"] ?? observation["code"]!["coding"]?[0]?["display"]}: {value} ({observation["status"]}, version {observation["meta"]?["versionId"]})");
            }

            Scene("The clinic asks for the record of a citizen who has given it no sharing consent");
            var denied = await clinician.SendAsync(HttpMethod.Get, $"/fhir/Patient?identifier={SyntheticCitizen.Of(1).DocumentNumber}", null, "application/fhir+json", cancellation);
            Said($"HTTP {denied.Status}: {denied.Detail ?? denied.Reason}");

            report.Document(new { session, observations = entries.Count });
            return ExitCode.Done;
        }
    }

    private async Task SayAsync(byte[] message, CancellationToken cancellation)
    {
        var answer = Encoding.UTF8.GetString((await sender.SendAsync(message, cancellation)).Span);
        var header = Encoding.UTF8.GetString(message).Split('\r')[0].Split('|');
        Said($"{header[8].Split('^')[0]}^{header[8].Split('^')[1]} {header[9]} -> {Answer(answer)}");
    }

    private static string Answer(string acknowledgement)
    {
        var segments = acknowledgement.Split('\r');
        var code = segments.First(segment => segment.StartsWith("MSA", StringComparison.Ordinal)).Split('|')[1];
        var error = segments.FirstOrDefault(segment => segment.StartsWith("ERR", StringComparison.Ordinal))?.Split('|');
        return error is null ? code : string.Create(CultureInfo.InvariantCulture, $"{code} {error.ElementAtOrDefault(5)?.Split('^')[0]} {error.ElementAtOrDefault(8)}");
    }

    private async Task BreakFrameAsync(CancellationToken cancellation)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(host, port, cancellation);
        var half = Hospital.Stay("A01", SyntheticCitizen.Specimen, $"V{session}9", "WARD1")[..200];
        await socket.GetStream().WriteAsync((byte[])[0x0B, .. half], cancellation);
        Said("the hub keeps what came, as refused: see /deposits");
    }

    private void Scene(string title) => report.Line($"\n{title}");

    private void Said(string text) => report.Line($"  {text}");
}
