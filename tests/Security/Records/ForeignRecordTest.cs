using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EHealthPlus.Tests.Security.Attacking;

namespace EHealthPlus.Tests.Security.Records;

/// <summary>
/// Somebody else's record, of every type, by every way that leads to it: nothing of it is answered, and what is there cannot be told from what is not.
/// </summary>
public sealed class ForeignRecordTest(ForeignRecordTest.Record record) : IClassFixture<ForeignRecordTest.Record>
{
    private RichRecord Rich => record.Rich;

    [Fact]
    public void The_record_holds_many_types() => Assert.True(Rich.Resources.Select(resource => resource.Type).Distinct().Count() >= 15, string.Join(' ', Rich.Resources.Select(resource => resource.Type).Distinct()));

    [Fact]
    public async Task No_way_leads_to_a_resource_of_another()
    {
        foreach (var (who, client) in record.Outsiders)
        {
            foreach (var (type, id) in Rich.Resources.GroupBy(resource => resource.Type).SelectMany(each => each.Take(2)))
            {
                if (IsTheRegistrarsWork(who, type)) continue;
                string[] ways =
                [
                    $"/fhir/{type}/{id}", $"/fhir/{type}/{id}/_history", $"/fhir/{type}/{id}/_history/1", $"/fhir/{type}?_id={id}", $"/fhir/{type}?patient={Rich.Person}&_id={id}",
                    $"/fhir/{type}?patient={Rich.Person}&_summary=count", $"/fhir/{type}?patient=Patient/{Rich.Person}&_elements=id", $"/fhir/Patient/{Rich.Person}/$everything",
                ];
                foreach (var way in ways)
                {
                    // A citizen who names nobody searches the own record, where there is no such id.
                    var answer = await Judged.AskAsync(client, "GET", way);
                    Assert.False(answer.Status is 304 or >= 500, $"{who} {way}: {answer.Status}");
                    Assert.True(answer.Status >= 400 || JsonNode.Parse(answer.Body)!["total"]?.GetValue<int>() is 0, $"{who} {way}: {answer.Status} {answer.Body}");
                    Assert.True(Tells(answer) is null, $"{who} {way}: tells {Tells(answer)}");
                }
            }
        }
    }

    [Fact]
    public async Task What_is_there_cannot_be_told_from_what_is_not()
    {
        foreach (var (who, client) in record.Outsiders)
        {
            foreach (var (type, id) in Rich.Resources.GroupBy(resource => resource.Type).Select(each => each.First()))
            {
                if (IsTheRegistrarsWork(who, type)) continue;
                // Of the same shape: the other letters say nothing.
                var made = new string([.. id.Select(letter => letter switch { '0' => '1', '1' => '2', 'a' => 'b', 'b' => 'c', _ => letter })]);
                Assert.NotEqual(id, made);
                foreach (var (there, absent) in new[]
                {
                    ($"/fhir/{type}/{id}", $"/fhir/{type}/{made}"), ($"/fhir/{type}/{id}/_history", $"/fhir/{type}/{made}/_history"), ($"/fhir/{type}/{id}/_history/1", $"/fhir/{type}/{made}/_history/1"),
                    ($"/fhir/{type}?_id={id}", $"/fhir/{type}?_id={made}"), ($"/fhir/{type}?patient={Rich.Person}", $"/fhir/{type}?patient={Changed(Rich.Person)}"),
                    ($"/fhir/Patient/{Rich.Person}/$everything", $"/fhir/Patient/{Changed(Rich.Person)}/$everything"), ($"/fhir/Patient?identifier={Rich.DocumentNumber}", $"/fhir/Patient?identifier={Messages.DocumentNumber(799_999)}"),
                })
                {
                    if (who == "registrar" && there.StartsWith("/fhir/Patient?", StringComparison.Ordinal)) continue;
                    var (first, second) = (await AskAsync(client, there), await AskAsync(client, absent));
                    Assert.True(Plain(first, id, Rich.Person, Rich.DocumentNumber) == Plain(second, made, Changed(Rich.Person), Messages.DocumentNumber(799_999)), $"{who} tells {there} from what is not there:\n{Plain(first)}\n{Plain(second)}");
                }
            }
        }
    }

    [Fact]
    public async Task Nothing_of_a_citizen_comes_with_what_is_nobodys()
    {
        var statement = (await record.Outsiders[0].Client.GetFromJsonAsync<JsonNode>("/fhir/metadata", TestContext.Current.CancellationToken))!["rest"]![0]!["resource"]!.AsArray();
        var patientTypes = statement.Where(type => type!["searchParam"]!.AsArray().Any(parameter => parameter!["name"]!.GetValue<string>() is "patient" or "identifier")).Select(type => type!["type"]!.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
        var reverse = patientTypes.SelectMany(type => (string[])[$"{type}:subject", $"{type}:patient", $"{type}:performer", $"{type}:practitioner", $"{type}:organization", $"{type}:location", $"{type}:service-provider", $"{type}:author"]).ToList();
        foreach (var type in statement.Select(type => type!["type"]!.GetValue<string>()).Where(type => !patientTypes.Contains(type)))
        {
            foreach (var (who, client) in record.Outsiders.Where(outsider => outsider.Who is "clinician elsewhere" or "citizen"))
            {
                foreach (var include in reverse)
                {
                    var answer = await Judged.AskAsync(client, "GET", $"/fhir/{type}?_revinclude={include}&_count=5");
                    Assert.True(answer.Status >= 400, $"{who} {type} {include}: {answer.Status}");
                    Assert.True(Tells(answer) is null, $"{who} {type} {include}: tells {Tells(answer)}");
                }

                foreach (var chained in new[] { "patient.identifier=" + Rich.DocumentNumber, "subject:Patient.name=TESTPATIENT", "_has:Observation:performer:patient=" + Rich.Person, "_filter=patient eq " + Rich.Person, "_query=x", "_text=TESTPATIENT", "_content=TESTPATIENT", "_list=1" })
                {
                    var answer = await Judged.AskAsync(client, "GET", $"/fhir/{type}?{chained.Replace(" ", "%20", StringComparison.Ordinal)}");
                    Assert.True(answer.Status >= 400, $"{who} {type} {chained}: {answer.Status}");
                }
            }
        }
    }

    [Fact]
    public async Task Whoever_sees_the_record_sees_nothing_of_another_with_it()
    {
        var other = await record.Attacked.EnrolAsync(171);
        await record.Attacked.SendAsync(Messages.Result(171, "FOREIGN171", "FOREIGN171", enhanced: false));
        using var clinician = record.Attacked.Program(record.Attacked.Hub.Token("clinician"));
        foreach (var path in new[] { $"/fhir/Observation?patient={Rich.Person}&_count=200", $"/fhir/Observation?patient={Rich.Person}&_include=Observation:subject&_revinclude=DiagnosticReport:result", $"/fhir/Patient/{Rich.Person}/$everything?_count=200" })
        {
            var answer = await Judged.AskAsync(clinician, "GET", path);
            Assert.True(answer.Status == 200 && answer.Body.Contains($"Patient/{Rich.Person}", StringComparison.Ordinal), answer.Body);
            Assert.DoesNotContain(other, answer.Body, StringComparison.Ordinal);
        }
    }

    private string? Tells(Judged answer)
    {
        var echo = Uri.UnescapeDataString(answer.Asked);
        return Rich.Resources.Select(resource => resource.Id).Append(Rich.Person).Where(id => !echo.Contains(id, StringComparison.Ordinal)).Append("TESTPATIENT").Append(Rich.DocumentNumber)
            .FirstOrDefault(secret => answer.Body.Contains(secret, StringComparison.Ordinal) || answer.Headers.Values.Any(value => value.Contains(secret, StringComparison.Ordinal)));
    }

    /// <summary>Registrars look persons up, and keep consents and those who decide for others.</summary>
    private static bool IsTheRegistrarsWork(string who, string type) => who == "registrar" && type is ("Patient" or "Consent" or "RelatedPerson");

    private static string Changed(string id) => (id[0] == 'a' ? 'b' : 'a') + id[1..];

    private static Task<Judged> AskAsync(HttpClient client, string path) => Judged.AskAsync(client, "GET", path);

    private static string Plain(Judged answer, params string[] names)
    {
        var text = $"{answer.Status} {answer.Body} {string.Join('\n', answer.Headers.Where(header => header.Key is not "Date").OrderBy(header => header.Key, StringComparer.Ordinal).Select(header => $"{header.Key}: {header.Value}"))}";
        return names.Aggregate(text, (plain, name) => plain.Replace(name, "X", StringComparison.Ordinal));
    }

    /// <summary>The record and who has no right to it.</summary>
    public sealed class Record(AttackedHub attacked) : IAsyncLifetime
    {
        internal AttackedHub Attacked => attacked;

        internal RichRecord Rich { get; private set; } = null!;

        internal List<(string Who, HttpClient Client)> Outsiders { get; } = [];

        public async ValueTask InitializeAsync()
        {
            // The embedded mode's citizen has a record of their own: what they may see is not nothing.
            await attacked.SendAsync(Messages.Admit(172, "OWN172", Messages.Pid(172, "A1234563")).Replace("ADT^A01^ADT_A01", "ADT^A28^ADT_A05", StringComparison.Ordinal).Replace("EVN|A01", "EVN|A28", StringComparison.Ordinal));
            Rich = await RichRecord.MakeAsync(attacked, 170);
            var elsewhere = await InvitedPerson.MakeAsync(attacked, "clinician", "demo-hospital");
            Outsiders.Add(("clinician elsewhere", attacked.Program(await elsewhere.SignInAsync())));
            foreach (var role in new[] { "citizen", "registrar", "auditor", "operator", "integration-engineer", "administrator", "source" }) Outsiders.Add((role, attacked.Program(attacked.Hub.Token(role))));
        }

        public ValueTask DisposeAsync()
        {
            foreach (var (_, client) in Outsiders) client.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
