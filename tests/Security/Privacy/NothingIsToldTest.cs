using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using EHealthPlus.Tests.Security.Attacking;

namespace EHealthPlus.Tests.Security.Privacy;

/// <summary>
/// A citizen with marked name, numbers and results goes through the whole hub, and through its refusals: none of the marks is in the log, the audit
/// trail, syslog, metrics, notices, or what an operator sees; and no text of a caller makes a line of its own in any of them.
/// </summary>
public sealed class NothingIsToldTest(AttackedHub attacked) : IClassFixture<NothingIsToldTest.Passage>
{
    private const int Citizen = 180;

    private static readonly string[] Marks = ["ZQFAMILYMARK", "ZQGIVENMARK", "ZQRECORDMARK", "ZQVALUEMARK", "ZQTESTMARK", "ZQSTREETMARK", "59998887", "ZQDIAGMARK", "ZQPASSWORDMARK", "19710407", "1971-04-07"];

    private static readonly string[] Numbers = [Messages.DocumentNumber(Citizen), "A1234564"];

    private const string Forged = "\r\n2026-01-01T00:00:00.000Z crit: FORGEDLINE[1] the hub was taken\r\n<10>1 FORGEDLINE";

    [Fact]
    public void The_log_holds_none_of_it_and_no_forged_line() => Expect("log", attacked.Hub.ReadLog());

    [Fact]
    public async Task Syslog_holds_none_of_it_and_no_forged_line()
    {
        await Wait.UntilAsync(() => Task.FromResult(attacked.SyslogText.Contains("terminology-load", StringComparison.Ordinal)), TimeSpan.FromSeconds(30), () => attacked.SyslogText);
        Expect("syslog", attacked.SyslogText);
    }

    [Fact]
    public async Task The_audit_trail_holds_none_of_it()
    {
        using var auditor = attacked.Program(attacked.Hub.Token("auditor"));
        var (next, pages) = ("/fhir/AuditEvent?_count=200", 0);
        for (; next is not null && pages < 30; pages++)
        {
            var page = (await auditor.GetFromJsonAsync<JsonNode>(next, TestContext.Current.CancellationToken))!;
            Expect("AuditEvent", page.ToJsonString());
            next = page["link"]!.AsArray().FirstOrDefault(link => link!["relation"]!.GetValue<string>() == "next")?["url"]?.GetValue<string>();
        }

        Assert.True(pages > 0);
        Expect("audit page", await auditor.GetStringAsync("/audit", TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("/metrics")]
    [InlineData("/health/ready")]
    [InlineData("/health/live")]
    [InlineData("/api/flow")]
    [InlineData("/api/deposits?count=200")]
    [InlineData("/deposits")]
    [InlineData("/")]
    [InlineData("/uploads")]
    [InlineData("/terminology")]
    public async Task What_an_operator_sees_holds_none_of_it(string path)
    {
        using var http = attacked.Program(attacked.Hub.Token("operator"));
        Expect(path, await http.GetStringAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_notice_tells_the_citizen_of_the_access_and_nothing_of_what_was_seen()
    {
        var letters = Path.Combine(attacked.Hub.DataDirectory, "letters");
        var person = await CitizenRecord.PersonAsync(attacked.Hub, Citizen);
        string? letter = null;
        await Wait.UntilAsync(
            async () =>
            {
                foreach (var file in Directory.Exists(letters) ? Directory.EnumerateFiles(letters, "*.txt") : [])
                {
                    var text = await File.ReadAllTextAsync(file);
                    if (text.Contains(person, StringComparison.Ordinal)) letter = text;
                }

                return letter is not null;
            },
            TimeSpan.FromSeconds(40), () => "No letter was written");

        // The address is what the letter is sent to.
        Expect("letter", letter!.Replace("ZQSTREETMARK", "", StringComparison.Ordinal));
    }

    private static void Expect(string where, string text)
    {
        foreach (var mark in Marks.Concat(Numbers)) Assert.False(text.Contains(mark, StringComparison.OrdinalIgnoreCase), $"{where} tells {mark}: {Around(text, mark)}");
        Assert.DoesNotContain(text.Split('\n', '\r'), line => line.StartsWith("2026-01-01T00:00:00.000Z crit", StringComparison.Ordinal) || line.StartsWith("<10>1 FORGEDLINE", StringComparison.Ordinal));
    }

    private static string Around(string text, string mark)
    {
        var at = text.IndexOf(mark, StringComparison.OrdinalIgnoreCase);
        return text[Math.Max(0, at - 200)..Math.Min(text.Length, at + 100)];
    }

    /// <summary>Everything that is done with the citizen, once.</summary>
    public sealed class Passage(AttackedHub attacked) : IAsyncLifetime
    {
        private static string Pid(string number) => $"PID|1||ZQRECORDMARK^^^DEMO-HOSPITAL^MR~{number}^^^HKID^NNHKG||ZQFAMILYMARK^ZQGIVENMARK||19710407|F|||ZQSTREETMARK 1^^HONG KONG||59998887";

        public async ValueTask InitializeAsync()
        {
            var number = Messages.DocumentNumber(Citizen);
            var enrol = Messages.Enrol(Citizen, "MARKED-ENROL").Replace(Messages.Pid(Citizen), Pid(number), StringComparison.Ordinal);
            Assert.Contains("MSA|AA", await attacked.SendAsync(enrol), StringComparison.Ordinal);
            var person = await CitizenRecord.PersonAsync(attacked.Hub, Citizen);
            await attacked.RunAsync("notice", "choose", "letter", "--postal-address", "ZQSTREETMARK 1, HONG KONG", "--language", "en", "--person", person);
            await CitizenRecord.ShareAsync(attacked.Hub, Citizen);
            await MessagesAsync(number);
            await ReadsAsync(person, number);
            await ForgeriesAsync();
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private async Task MessagesAsync(string number)
        {
            var result = Messages.Result(Citizen, "MARKED-RESULT", "MARKED", enhanced: false).Replace(Messages.Pid(Citizen), Pid(number), StringComparison.Ordinal)
                .Replace("Hemoglobin", "ZQTESTMARK", StringComparison.Ordinal).Replace("13.50", "13.5 ZQVALUEMARK", StringComparison.Ordinal).Replace("OBX|1|NM", "OBX|1|ST", StringComparison.Ordinal);
            foreach (var message in new[]
            {
                result,
                result.Replace("MARKED-RESULT", "MARKED-2", StringComparison.Ordinal).Replace(number, "A1234564", StringComparison.Ordinal),
                result.Replace("MARKED-RESULT", "MARKED-3", StringComparison.Ordinal).Replace("19710407", "19710230", StringComparison.Ordinal),
                result.Replace("MARKED-RESULT", "MARKED-4", StringComparison.Ordinal).Replace("ORU^R01^ORU_R01", "ZZZ^Z99", StringComparison.Ordinal),
                result.Replace("MARKED-RESULT", "MARKED-5", StringComparison.Ordinal).Replace("OBR|1", "OBR|1\0", StringComparison.Ordinal),
                result.Replace("MARKED-RESULT", "MARKED-6", StringComparison.Ordinal).Replace("|2.5.1|", "|ZQDIAGMARK|", StringComparison.Ordinal),
                result.Replace("MARKED-RESULT", "MARKED-7", StringComparison.Ordinal).Replace("UNICODE UTF-8", "ZQDIAGMARK", StringComparison.Ordinal),
                Messages.Admit(Citizen, "MARKED-8", Pid(number).Replace("ZQFAMILYMARK", "ZQFAMILYMARKTWO", StringComparison.Ordinal)) + "DG1|1||A00^ZQDIAGMARK^I10\r",
            }) await attacked.SendAsync(message);
            using var engineer = attacked.Program(attacked.Hub.Token("integration-engineer"));
            using var file = new StringContent(result.Replace("MARKED-RESULT", "MARKED-9", StringComparison.Ordinal) + "MSH|ZQFAMILYMARK", MediaTypeHeaderValue.Parse("application/hl7-v2"));
            using var uploaded = await engineer.PostAsync("/uploads?source=demo-lis&name=night.hl7", file);
        }

        private async Task ReadsAsync(string person, string number)
        {
            foreach (var role in new[] { "clinician", "citizen", "registrar", "auditor", "operator" })
            {
                using var http = attacked.Program(attacked.Hub.Token(role));
                foreach (var path in new[]
                {
                    $"/fhir/Patient/{person}", $"/fhir/Patient?identifier={number}", $"/fhir/Observation?patient={person}&code=ZQTESTMARK", $"/fhir/Patient/{person}/$everything",
                    "/fhir/Patient?family=ZQFAMILYMARK&given=ZQGIVENMARK&birthdate=1971-04-07", $"/fhir/Patient/$ihe-pix?sourceIdentifier=x|{number}", "/fhir/Observation?patient=ZQRECORDMARK&ZQDIAGMARK=1",
                    $"/fhir/Observation/{number}(1)", "/fhir/ZQDIAGMARK", $"/persons?number={number}", $"/audit?person={number}", $"/deposits?q={number}",
                }) await Judged.AskAsync(http, "GET", path.Replace("|", "%7C", StringComparison.Ordinal));
            }

            using var stranger = attacked.Browser(null);
            using var signIn = JsonContent.Create(new { name = "ZQPASSWORDMARK", password = "ZQPASSWORDMARK", code = "000000" });
            await Judged.AskAsync(stranger, "POST", "/api/sign-in", signIn);
            using var broken = new StringContent("{\"ZQDIAGMARK\": ZQVALUEMARK", Encoding.UTF8, "application/fhir+json");
            using var registrar = attacked.Program(attacked.Hub.Token("registrar"));
            await Judged.AskAsync(registrar, "POST", "/fhir", broken);
        }

        private async Task ForgeriesAsync()
        {
            await attacked.SendAsync(Messages.Result(Citizen, "FORGED" + Forged.Replace('\r', ' '), "FORGED", enhanced: false));
            await attacked.SendAsync(Messages.Result(Citizen, "FORGED\\X0D0A\\2026-01-01T00:00:00.000Z crit: FORGEDLINE", "FORGED", enhanced: false));
            await attacked.SendAsync(Messages.Result(Citizen, "FORGED3", "FORGED", enhanced: false).Replace("DEMO-LIS|", $"NOBODY{Forged.Replace('\r', ' ')}|", StringComparison.Ordinal));
            using var administrator = attacked.Program(attacked.Hub.Token("administrator"));
            using var map = new StringContent("x", Encoding.UTF8, "text/csv");
            await Judged.AskAsync(administrator, "POST", "/api/terminology/load?file=" + Uri.EscapeDataString(Forged), map);
            foreach (var path in new[] { "/fhir/Patient/", "/fhir/Observation?code=", "/deposits?q=", "/persons/", "/uploads/", "/api/clients/" }) await Judged.AskAsync(administrator, "GET", path + Uri.EscapeDataString(Forged));
            using var suspend = new StringContent("{}", Encoding.UTF8, "application/json");
            await Judged.AskAsync(administrator, "POST", $"/api/certificates/{Uri.EscapeDataString(Forged)}/revoke", suspend);
            using var signIn = JsonContent.Create(new { name = Forged, password = Forged, code = Forged, providerId = Forged });
            await Judged.AskAsync(administrator, "POST", "/api/sign-in", signIn);
        }
    }
}
