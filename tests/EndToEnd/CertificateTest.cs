using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.EndToEnd;

/// <summary>A hub whose ports speak TLS with certificates of its own authority; locations get theirs with ./ehp cert.</summary>
public sealed class CertificateTest(CertificateTest.SecureHub running) : IClassFixture<CertificateTest.SecureHub>
{
    /// <summary>RFC 5246 section 7.2: the version is recognised, and not supported.</summary>
    private const int ProtocolVersionAlert = 70;

    private HubProcess Hub => running.Hub;

    [Fact]
    public async Task A_location_is_let_in_with_its_certificate_on_MLLP_and_HTTPS_and_a_revocation_holds_on_open_connections()
    {
        using var hospital = await IssueAsync("demo-hospital-main");
        using var laboratory = await IssueAsync("demo-laboratory-1");

        await using var open = await SecureMllp.OpenAsync(Hub.MllpPort, hospital);
        Assert.Contains("MSA|AA|", await open.AskAsync(Messages.Enrol(81, "CERT1")), StringComparison.Ordinal);
        using var upload = Hub.Anonymous(laboratory);
        upload.DefaultRequestHeaders.Authorization = new("Bearer", Hub.Token("source"));
        Assert.Equal(HttpStatusCode.Accepted, (await UploadAsync(upload)).Status);

        // Of another location: the connection stands, and each message is refused with the reason.
        await using var stolen = await SecureMllp.OpenAsync(Hub.MllpPort, laboratory);
        await ExpectRefusalAsync(stolen, "CERT2", 545);
        using var foreign = Hub.Anonymous(hospital);
        foreign.DefaultRequestHeaders.Authorization = new("Bearer", Hub.Token("source"));
        Assert.Equal((HttpStatusCode.Forbidden, 545), await UploadAsync(foreign));
        using var bare = Hub.Http("source");
        Assert.Equal((HttpStatusCode.Forbidden, 541), await UploadAsync(bare));

        await RunAsync("cert", "revoke", Path.Combine(running.Folder, "demo-hospital-main.pem"), "--reason", "test");
        await RunAsync("cert", "revoke", laboratory.GetCertHashString(HashAlgorithmName.SHA256)[..12], "--reason", "test");
        await ExpectRefusalAsync(open, "CERT3", 544);
        Assert.Equal((HttpStatusCode.Forbidden, 544), await UploadAsync(upload));

        // A new certificate lets the location in again.
        using var renewed = await IssueAsync("demo-hospital-main");
        await using var again = await SecureMllp.OpenAsync(Hub.MllpPort, renewed);
        Assert.Contains("MSA|AA|CERT3", await again.AskAsync(Messages.Enrol(82, "CERT3")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_stops_an_issue_before_there_is_a_certificate()
    {
        var (location, before) = ("demo-clinic-1", await CountAsync("demo-clinic-1"));
        var inTheWay = Path.Combine(running.Folder, "no-folder");
        await File.WriteAllTextAsync(inTheWay, "");
        var (exitCode, _, fault) = await Cli.RunAsync(Hub, "cert", "issue", location, "--out", Path.Combine(inTheWay, "certificates"));
        Assert.True(exitCode == 2, fault);
        Assert.Equal(before, await CountAsync(location));

        // A folder in the place of the certificate: it is issued, and must not be lost.
        var half = Path.Combine(running.Folder, "half");
        Directory.CreateDirectory(Path.Combine(half, $"{location}.pem"));
        (exitCode, _, fault) = await Cli.RunAsync(Hub, "cert", "issue", location, "--out", half);
        Assert.True(exitCode == 2, fault);
        Assert.Contains("A certificate was issued", fault, StringComparison.Ordinal);
        var key = await File.ReadAllTextAsync(Path.Combine(half, $"{location}.key"));
        using var issued = X509Certificate2.CreateFromPem(fault[fault.IndexOf("-----BEGIN", StringComparison.Ordinal)..], key);
        Assert.True(issued.HasPrivateKey);
        Assert.Equal(before + 1, await CountAsync(location));
    }

    private async Task<int> CountAsync(string location) => JsonNode.Parse(await RunAsync("cert", "list", location, "--json"))!.AsArray().Count;

    [Fact]
    public async Task A_DICOM_peer_is_let_in_with_the_certificate_of_its_location_alone_and_until_it_is_revoked()
    {
        using var own = await IssueAsync("demo-imaging-1");
        using var foreign = await IssueAsync("demo-clinic-1");
        Assert.Equal(0, await EchoAsync("demo-imaging-1"));
        Assert.NotEqual(0, await EchoAsync("demo-clinic-1"));
        Assert.NotEqual(0, await EchoAsync(null));
        await RunAsync("cert", "revoke", own.GetCertHashString(HashAlgorithmName.SHA256), "--reason", "test");
        Assert.NotEqual(0, await EchoAsync("demo-imaging-1"));
    }

    [Fact]
    public async Task A_certificate_that_the_hub_did_not_issue_and_none_at_all_are_not_let_in()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("O=demo-hospital, CN=demo-hospital-main", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));

        Assert.Equal("", await AskAsync(made));
        Assert.Equal("", await AskAsync(null));
        await Hub.LoggedAsync(made.GetCertHashString(HashAlgorithmName.SHA256));
        using var web = Hub.Anonymous(made);
        web.DefaultRequestHeaders.Authorization = new("Bearer", Hub.Token("operator"));
        using var answer = await web.GetAsync("/api/flow");
        Assert.Equal((HttpStatusCode.Forbidden, 542), (answer.StatusCode, await NumberAsync(answer)));
    }

    [Fact]
    public async Task Each_port_speaks_TLS_1_2_and_later_and_nothing_older()
    {
        foreach (var port in new[] { Hub.HttpPort, Hub.MllpPort, Hub.DicomPort })
        {
            Assert.Equal(ProtocolVersionAlert, await HelloAsync(port, minor: 1));
            Assert.Equal(ProtocolVersionAlert, await HelloAsync(port, minor: 2));
            Assert.Equal(SslProtocols.Tls12, await HandshakeAsync(port, SslProtocols.Tls12));
            Assert.Equal(SslProtocols.Tls13, await HandshakeAsync(port, SslProtocols.Tls13));
        }
        using var plain = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Hub.HttpPort}") };
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => plain.GetAsync("/health/live"));
    }

    [Fact]
    public async Task The_command_line_sends_with_a_certificate_and_rotates_it()
    {
        var location = "rotated-1";
        using var administrator = Hub.Http("administrator");
        using var place = await administrator.PostAsync("/api/service-locations", Json(new() { ["id"] = location, ["providerId"] = "demo-clinic", ["name"] = "Rotated", ["nameChinese"] = "" }));
        using var source = await administrator.PostAsync("/api/sources", Json(new()
        {
            ["id"] = "rotated-his", ["providerId"] = "demo-clinic", ["serviceLocationId"] = location, ["sendingApplication"] = "ROTATED", ["sendingFacility"] = "CLINIC",
            ["defaultCharacterSet"] = "UNICODE UTF-8", ["mayEnrol"] = true,
        }));
        Assert.True(source.IsSuccessStatusCode);
        using var first = await IssueAsync(location);
        var file = Path.Combine(running.Folder, "enrol.hl7");
        await File.WriteAllTextAsync(file, Messages.Enrol(83, "ROTATE1").Replace("DEMO-HIS|DEMO-HOSPITAL|", "ROTATED|CLINIC|", StringComparison.Ordinal));
        string[] send = ["send", file, "--mllp", $"127.0.0.1:{Hub.MllpPort}", "--certificate", Path.Combine(running.Folder, $"{location}.pem"), "--authority", Path.Combine(running.Folder, "authority.pem")];
        Assert.StartsWith("AA", (await RunAsync(send)).Trim(), StringComparison.Ordinal);

        await RunAsync("cert", "rotate", location, "--overlap-days", "0", "--out", running.Folder);
        Assert.StartsWith("AA", (await RunAsync(send)).Trim(), StringComparison.Ordinal);
        await using var older = await SecureMllp.OpenAsync(Hub.MllpPort, first);
        Assert.Contains("|544", await older.AskAsync(await File.ReadAllTextAsync(file)), StringComparison.Ordinal);
        var listed = JsonNode.Parse(await RunAsync("cert", "list", location, "--json"))!.AsArray();
        Assert.Equal([false, true], listed.Select(row => row!["revokedAt"] is not null));
    }

    [Fact]
    public async Task A_file_without_an_authority_is_refused_and_nothing_else_trusted_in_its_place()
    {
        var file = Path.Combine(running.Folder, "empty.pem");
        await File.WriteAllTextAsync(file, "");
        string[][] commands =
        [
            ["cert", "list"], ["send", file, "--mllp", $"127.0.0.1:{Hub.MllpPort}"], ["dicom", "echo", $"127.0.0.1:{Hub.DicomPort}"],
        ];
        foreach (var command in commands)
        {
            var (exitCode, _, fault) = await Cli.RunAsync(Hub, [.. command, "--authority", file]);
            Assert.Equal((2, $"No certificate in {file}"), (exitCode, fault.Trim()));
        }

        // A variable that was left empty names no file: the authority of the data directory holds.
        var left = await Cli.RunAsync(Hub, new() { ["EHP_AUTHORITY"] = "", ["EHP_CERTIFICATE"] = "" }, ["cert", "list"]);
        Assert.True(left.ExitCode == 0, left.Fault);
    }

    private async Task<X509Certificate2> IssueAsync(string location)
    {
        await RunAsync("cert", "issue", location, "--out", running.Folder);
        var path = Path.Combine(running.Folder, location);
        return X509Certificate2.CreateFromPemFile(path + ".pem", path + ".key");
    }

    /// <returns>The exit code of a C-ECHO as the demonstration's archive, with the certificate of a location or none.</returns>
    private async Task<int> EchoAsync(string? location)
    {
        string[] echo = ["dicom", "echo", $"127.0.0.1:{Hub.DicomPort}", "--ae", "DEMO-PACS", "--authority", Path.Combine(running.Folder, "authority.pem")];
        return (await Cli.RunAsync(Hub, [.. echo, .. location is null ? [] : (string[])["--certificate", Path.Combine(running.Folder, $"{location}.pem")]])).ExitCode;
    }

    [Theory]
    [InlineData("show")]
    [InlineData("replay", "1")]
    [InlineData("consent", "list", "G123456A")]
    [InlineData("proxy", "list", "G123456A")]
    [InlineData("notice", "show")]
    [InlineData("terminology", "list")]
    [InlineData("enrol", "A1234563", "--family", "TESTPATIENT", "--given", "Specimen", "--sex", "F", "--born", "1962-03-14")]
    [InlineData("dicom", "peer", "ELSEWHERE", "--source", "demo-ris")]
    [InlineData("source", "elsewhere", "--application", "ELSE", "--facility", "WHERE", "--provider", "demo-clinic")]
    public async Task A_command_far_from_the_hub_trusts_the_authority_that_it_is_given(params string[] command)
    {
        var elsewhere = new Dictionary<string, string>(StringComparer.Ordinal) { ["EHP_TOKEN"] = Hub.Token("citizen"), ["Hub__DataDirectory"] = running.Folder };

        var (known, output, fault) = await Cli.RunAsync(Hub, elsewhere, [.. command, "--authority", Path.Combine(Hub.DataDirectory, "authority", "authority.pem")]);

        // Refused or not, by the hub: it was reached.
        Assert.True(known is 0 or 1 or 4, output + fault);
    }

    [Fact]
    public async Task A_command_says_what_keeps_it_from_a_hub_behind_TLS()
    {
        var elsewhere = new Dictionary<string, string>(StringComparer.Ordinal) { ["EHP_TOKEN"] = Hub.Token("citizen"), ["Hub__DataDirectory"] = running.Folder };

        var (untrusted, _, authority) = await Cli.RunAsync(Hub, elsewhere, ["show"]);
        Assert.Equal(3, untrusted);
        Assert.Contains("--authority", authority, StringComparison.Ordinal);
        var (plain, _, scheme) = await Cli.RunAsync(Hub, elsewhere, ["show", "--hub", $"127.0.0.1:{Hub.HttpPort}"]);
        Assert.Equal(3, plain);
        Assert.Contains("--hub https://", scheme, StringComparison.Ordinal);
    }

    private async Task<string> RunAsync(params string[] arguments)
    {
        var (exitCode, output, fault) = await Cli.RunAsync(Hub, arguments);
        Assert.True(exitCode == 0, output + fault);
        return output;
    }

    private async Task<string> AskAsync(X509Certificate2? certificate)
    {
        try
        {
            await using var connection = await SecureMllp.OpenAsync(Hub.MllpPort, certificate);
            return await connection.AskAsync(Messages.Enrol(84, "STRANGER"));
        }
        catch (Exception refused) when (refused is IOException or AuthenticationException)
        {
            return "";
        }
    }

    private static async Task ExpectRefusalAsync(SecureMllp connection, string controlId, int number)
    {
        var answer = await connection.AskAsync(Messages.Enrol(85, controlId));
        Assert.Contains($"MSA|AR|{controlId}", answer, StringComparison.Ordinal);
        Assert.Contains($"|{number}", answer, StringComparison.Ordinal);
    }

    private static async Task<(HttpStatusCode Status, int Number)> UploadAsync(HttpClient http)
    {
        var message = new StringContent(Messages.Result(81, $"UP{Guid.NewGuid():N}", "CERT", enhanced: false), MediaTypeHeaderValue.Parse("application/hl7-v2"));
        using var answer = await http.PostAsync("/uploads", message);
        return (answer.StatusCode, await NumberAsync(answer));
    }

    private static async Task<int> NumberAsync(HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync())?["rejection"]?.GetValue<int>() ?? 0;

    private static StringContent Json(JsonObject body) => new(body.ToJsonString(), MediaTypeHeaderValue.Parse("application/json"));

    /// <summary>
    /// Says hello as a client of TLS 1.0 or 1.1 would (RFC 4346 section 7.4.1.2), byte by byte: today's libraries would not, and the test would
    /// see their refusal and not the hub's.
    /// </summary>
    /// <param name="minor">1 for TLS 1.0, 2 for TLS 1.1.</param>
    /// <returns>The description of the alert that comes back; -1 where something else does.</returns>
    private static async Task<int> HelloAsync(int port, byte minor)
    {
        byte[] suites = [0xC0, 0x0A, 0xC0, 0x14, 0x00, 0x35, 0x00, 0x2F];
        // The curve P-256 in supported_groups, points uncompressed (RFC 4492 section 5.1), for the ECDSA suites.
        byte[] extensions = [0, 10, 0, 4, 0, 2, 0, 23, 0, 11, 0, 2, 1, 0];
        byte[] body = [3, minor, .. new byte[32], 0, 0, (byte)suites.Length, .. suites, 1, 0, 0, (byte)extensions.Length, .. extensions];
        byte[] hello = [1, 0, 0, (byte)body.Length, .. body];
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port);
        await client.GetStream().WriteAsync((byte[])[22, 3, 1, 0, (byte)hello.Length, .. hello]);
        var answer = new byte[7];
        var read = await client.GetStream().ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false);
        return read == answer.Length && answer[0] == 21 ? answer[6] : -1;
    }

    /// <returns>The protocol that was agreed on; null where there was none.</returns>
    private static async Task<SslProtocols?> HandshakeAsync(int port, SslProtocols protocol)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", port);
        await using var stream = new SslStream(client.GetStream());
        try
        {
            var options = new SslClientAuthenticationOptions { TargetHost = "127.0.0.1", EnabledSslProtocols = protocol, RemoteCertificateValidationCallback = (_, _, _, _) => true };
            await stream.AuthenticateAsClientAsync(options, TestContext.Current.CancellationToken);
            return stream.SslProtocol;
        }
        catch (Exception refused) when (refused is IOException or AuthenticationException)
        {
            return null;
        }
    }

    public sealed class SecureHub : IAsyncLifetime
    {
        public string Folder { get; } = Directory.CreateTempSubdirectory("ehealthplus-certificates-").FullName;

        public HubProcess Hub { get; } = new(extra: new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Hub__HttpTls__Enabled"] = "true", ["Hub__MllpTls__Enabled"] = "true", ["Hub__DicomTls__Enabled"] = "true",
        });

        public async ValueTask InitializeAsync() => await Hub.StartAsync();

        public async ValueTask DisposeAsync()
        {
            await Hub.DisposeAsync();
            Directory.Delete(Folder, recursive: true);
        }
    }
}
