using System.Net;
using System.Net.Http.Headers;
using EHealthPlus.Tests.Security.Attacking;

namespace EHealthPlus.Tests.Security.Transport;

/// <summary>No address, id or file name leads out of where it belongs.</summary>
public sealed class PathTraversalTest(AttackedHub attacked)
{
    private static readonly string[] Ways =
    [
        "../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%5c", "..\\", "%252e%252e%252f", "..%c0%af", "..;/", ".%00./", "%2e%2e%5c", "....//", "..%ef%bc%8f",
    ];

    private static readonly string[] Wanted = ["hub.db", "credentials.json", "authority/authority.key", "etc/passwd"];

    [Fact]
    public async Task By_an_address()
    {
        foreach (var start in new[] { "/", "/assets/", "/fhir/Organization/", "/uploads/", "/certificates/", "/deposits/1/", "/persons/" })
        {
            foreach (var way in Ways)
            {
                foreach (var wanted in Wanted)
                {
                    var climb = string.Concat(Enumerable.Repeat(way, 6));
                    var (text, _) = await RawHttp.AskAsync(
                        attacked.Hub.HttpPort, $"GET {start}{climb}{wanted} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {attacked.Hub.Token("integration-engineer")}\r\nConnection: close\r\n\r\n", 30);

                    Assert.DoesNotContain("root:", text, StringComparison.Ordinal);
                    Assert.DoesNotContain("PRIVATE KEY", text, StringComparison.Ordinal);
                    Assert.DoesNotContain("SQLite format", text, StringComparison.Ordinal);
                    Assert.DoesNotContain(attacked.Hub.Token("administrator"), text, StringComparison.Ordinal);
                    Assert.All(RawHttp.StatusesOf(text), status => Assert.InRange(status, 301, 499));
                }
            }
        }
    }

    [Theory]
    [InlineData("../../../evil.hl7")]
    [InlineData("..\\..\\evil.hl7")]
    [InlineData("/etc/cron.d/evil")]
    [InlineData("evil\0.hl7")]
    [InlineData(".hidden")]
    [InlineData("con")]
    [InlineData("%2e%2e%2fevil")]
    [InlineData("\u202Elh7.exe")]
    public async Task By_the_name_of_an_uploaded_file(string name)
    {
        using var http = attacked.Hub.Anonymous(await attacked.CertificateAsync("demo-laboratory-1"));
        http.DefaultRequestHeaders.Authorization = new("Bearer", attacked.Hub.Token("source"));
        using var body = new StringContent("not HL7", MediaTypeHeaderValue.Parse("application/hl7-v2"));

        using var answer = await http.PostAsync($"/uploads?name={Uri.EscapeDataString(name)}", body, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var id = answer.Headers.Location!.OriginalString.Split('/')[^1];
        await Wait.UntilAsync(
            async () => (await http.GetStringAsync($"/uploads/{id}")).Contains("\"refused\"", StringComparison.Ordinal), TimeSpan.FromSeconds(60), () => "The upload is not finished");
        Assert.Empty(Outside());
    }

    [Theory]
    [InlineData("../demo-his")]
    [InlineData("..")]
    [InlineData("/tmp")]
    [InlineData("demo-his/../demo-lis")]
    public Task By_the_source_that_a_file_is_uploaded_for(string source) =>
        IsRefusedAsync("integration-engineer", $"/uploads?source={Uri.EscapeDataString(source)}", "not HL7", "application/hl7-v2");

    [Theory]
    [InlineData("../evil.csv")]
    // Not below /tmp: what a caller wrote stands in the audit, where another test looks for paths of the hub's own.
    [InlineData("/opt/evil.csv")]
    [InlineData("..\\evil.csv")]
    [InlineData("a/../../evil.csv")]
    [InlineData("evil.csv\0.txt")]
    public Task By_the_name_of_a_terminology_map(string file) => IsRefusedAsync(
        "administrator", $"/api/terminology/load?file={Uri.EscapeDataString(file)}",
        "source,field,code,system,target_system,target_code,target_display,from,until,comment\n", "text/csv");

    [Fact]
    public async Task By_a_link_in_the_folder_of_a_source()
    {
        var arrivals = Path.Combine(attacked.Hub.DataDirectory, "uploads", "demo-lis", "in");
        Directory.CreateDirectory(arrivals);
        File.CreateSymbolicLink(Path.Combine(arrivals, "linked.hl7"), Path.Combine(attacked.Hub.DataDirectory, "credentials.json"));
        using var http = attacked.Program(attacked.Hub.Token("integration-engineer"));

        // A file that is put in afterwards is taken: the folder was looked at.
        await File.WriteAllTextAsync(Path.Combine(arrivals, "after.hl7"), "not HL7", TestContext.Current.CancellationToken);
        await Wait.UntilAsync(async () => (await http.GetStringAsync("/uploads")).Contains("after.hl7", StringComparison.Ordinal), TimeSpan.FromSeconds(60), () => "The folder is not looked at");

        Assert.Contains("administrator", await File.ReadAllTextAsync(Path.Combine(attacked.Hub.DataDirectory, "credentials.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.DoesNotContain("linked.hl7", await http.GetStringAsync("/uploads", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        File.Delete(Path.Combine(arrivals, "linked.hl7"));
    }

    private async Task IsRefusedAsync(string role, string address, string content, string mediaType)
    {
        using var http = attacked.Program(attacked.Hub.Token(role));
        using var body = new StringContent(content, MediaTypeHeaderValue.Parse(mediaType));

        using var answer = await http.PostAsync(address, body, TestContext.Current.CancellationToken);

        Assert.InRange((int)answer.StatusCode, 400, 499);
        Assert.Empty(Outside());
    }

    /// <summary>What was written where no upload or map belongs.</summary>
    private IEnumerable<string> Outside() => Directory.EnumerateFiles(attacked.Hub.DataDirectory, "*evil*", SearchOption.AllDirectories)
        .Where(file => !Path.GetRelativePath(attacked.Hub.DataDirectory, file).StartsWith("uploads/demo-lis/", StringComparison.Ordinal))
        .Concat(Directory.EnumerateFiles(Path.GetTempPath(), "evil*"));
}
