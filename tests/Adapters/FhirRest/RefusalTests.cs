using System.Net;
using System.Text;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Adapters.FhirRest;

/// <summary>Formats, addresses and faults: every answer below /fhir is FHIR, and none tells more than it should.</summary>
public sealed class RefusalTests : InterfaceTests
{
    [Theory]
    [InlineData("application/fhir+json", true)]
    [InlineData("application/json", true)]
    [InlineData("*/*", true)]
    [InlineData("text/html, application/xhtml+xml, */*;q=0.8", true)]
    [InlineData("application/fhir+json; fhirVersion=4.0", true)]
    [InlineData("application/fhir+json;charset=utf-8", true)]
    [InlineData("application/fhir+json; fhirVersion=5.0", false)]
    [InlineData("application/fhir+json;charset=big5", false)]
    [InlineData("application/fhir+xml", false)]
    [InlineData("text/html", false)]
    [InlineData("application/json;q=0", false)]
    [InlineData("nonsense", false)]
    public async Task Only_fhir_json_is_answered(string accept, bool answered)
    {
        var answer = await Fhir.GetAsync("/fhir/metadata", null, ("Accept", accept));

        if (answered) Assert.Equal(HttpStatusCode.OK, answer.Status);
        else answer.IsRefused(HttpStatusCode.NotAcceptable, 710);
    }

    [Theory]
    [InlineData("json", true)]
    [InlineData("application/fhir+json", true)]
    [InlineData("application/fhir%2Bjson", true)]
    [InlineData("xml", false)]
    [InlineData("application/fhir%2Bxml", false)]
    [InlineData("", false)]
    public async Task The_format_parameter_goes_before_accept(string format, bool answered)
    {
        var answer = await Fhir.GetAsync($"/fhir/metadata?_format={format}", null, ("Accept", "application/fhir+xml"));

        Assert.Equal(answered ? HttpStatusCode.OK : HttpStatusCode.NotAcceptable, answer.Status);
    }

    [Fact]
    public async Task A_charset_other_than_utf8_is_refused_either_way()
    {
        (await Fhir.GetAsync("/fhir/metadata", null, ("Accept-Charset", "big5"))).IsRefused(HttpStatusCode.NotAcceptable, 710);
        Assert.Equal(HttpStatusCode.OK, (await Fhir.GetAsync("/fhir/metadata", null, ("Accept-Charset", "big5, utf-8;q=0.1"))).Status);
        var content = new StringContent("{}", Encoding.Latin1, "application/fhir+json");
        (await Fhir.SendAsync(HttpMethod.Post, "/fhir", FhirInterface.Registrar, content)).IsRefused(HttpStatusCode.UnsupportedMediaType, 711);
    }

    /// <summary>Half a surrogate pair, in a value and in a name, and Big5: the parser lets them through.</summary>
    [Theory]
    [InlineData("/fhir/Consent", """{"resourceType":"Consent","status":"\ud800"}""", "utf-8")]
    [InlineData("/fhir/Consent", """{"resourceType":"Consent","\udc00":1}""", "utf-8")]
    [InlineData("/fhir", """{"resourceType":"Bundle","type":"ÃÄ"}""", "iso-8859-1")]
    [InlineData("/fhir/Patient/$match", """{"resourceType":"Parameters","id":"ÃÄ"}""", "iso-8859-1")]
    public async Task A_body_that_is_no_Unicode_is_refused(string path, string body, string charset)
    {
        var content = new ByteArrayContent(Encoding.GetEncoding(charset).GetBytes(body));
        content.Headers.ContentType = new("application/fhir+json");

        var answer = await Fhir.SendAsync(HttpMethod.Post, path, FhirInterface.Registrar, content);

        answer.IsRefused(HttpStatusCode.BadRequest, 706);
    }

    [Theory]
    [InlineData("GET", "/fhir/Nothing/1", HttpStatusCode.NotFound, 703)]
    [InlineData("GET", "/fhir/patient/1", HttpStatusCode.NotFound, 703)]
    [InlineData("GET", "/fhir/MessageHeader", HttpStatusCode.NotFound, 703)]
    [InlineData("GET", "/fhir/a/b/c/d/e/f", HttpStatusCode.NotFound, 701)]
    [InlineData("GET", "/fhir/Observation/1/$everything", HttpStatusCode.NotFound, 701)]
    [InlineData("GET", "/fhir/Observation/1/$validate", HttpStatusCode.NotFound, 701)]
    [InlineData("GET", "/fhir/Observation/..%2F..%2Fetc%2Fpasswd", HttpStatusCode.NotFound, 701)]
    [InlineData("GET", "/fhir/Observation/1'%20OR%20'1'='1", HttpStatusCode.NotFound, 701)]
    [InlineData("GET", "/fhir/Observation/%01", HttpStatusCode.NotFound, 701)]
    [InlineData("GET", "/fhir/Observation/_search", HttpStatusCode.NotFound, 701)]
    [InlineData("GET", "/fhir", HttpStatusCode.MethodNotAllowed, 707)]
    [InlineData("POST", "/fhir/Observation", HttpStatusCode.MethodNotAllowed, 707)]
    [InlineData("POST", "/fhir/Patient", HttpStatusCode.MethodNotAllowed, 707)]
    [InlineData("PUT", "/fhir/Observation/1", HttpStatusCode.MethodNotAllowed, 707)]
    [InlineData("DELETE", "/fhir/Consent/1", HttpStatusCode.MethodNotAllowed, 707)]
    [InlineData("PATCH", "/fhir/Patient/1", HttpStatusCode.MethodNotAllowed, 707)]
    [InlineData("OPTIONS", "/fhir/Patient", HttpStatusCode.MethodNotAllowed, 707)]
    [InlineData("DELETE", "/fhir/metadata", HttpStatusCode.MethodNotAllowed, 707)]
    public async Task What_is_not_there_is_answered_in_fhir(string method, string address, HttpStatusCode status, int code)
    {
        var answer = await Fhir.SendAsync(new HttpMethod(method), address, FhirInterface.Citizen, null);

        answer.IsRefused(status, code);
        Assert.Equal(status == HttpStatusCode.MethodNotAllowed, answer.ContentHeaders.Allow.Count > 0);
        Assert.DoesNotContain("read", Fhir.Order.Calls);
        Assert.DoesNotContain("passwd", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_allow_header_names_what_the_type_supports()
    {
        Assert.Equal(["GET", "HEAD", "PUT"], (await Fhir.SendAsync(HttpMethod.Delete, "/fhir/Consent/1", FhirInterface.Citizen, null)).ContentHeaders.Allow);
        Assert.Equal(["GET", "HEAD"], (await Fhir.SendAsync(HttpMethod.Put, "/fhir/Observation/1", FhirInterface.Citizen, null)).ContentHeaders.Allow);
    }

    [Fact]
    public async Task A_fault_tells_nothing_of_itself()
    {
        Fhir.Record.Fault = new InvalidOperationException("SELECT secret FROM persons WHERE number = 'A1234563'");

        var answer = await Fhir.GetAsync("/fhir/Observation/obs-1");

        answer.IsRefused(HttpStatusCode.InternalServerError, 900);
        Assert.Equal("fatal", answer.Json.GetProperty("issue")[0].GetProperty("severity").GetString());
        foreach (var secret in new[] { "SELECT", "A1234563", "InvalidOperation", " at EHealthPlus" }) Assert.DoesNotContain(secret, answer.Text, StringComparison.Ordinal);
        var line = Assert.Single(Fhir.Log.Lines, logged => logged.StartsWith("7001 ", StringComparison.Ordinal));
        Assert.Contains("InvalidOperationException", line, StringComparison.Ordinal);
        Assert.DoesNotContain(Fhir.Log.Lines, logged => logged.Contains("A1234563", StringComparison.Ordinal));
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task Stored_content_that_cannot_be_opened_is_refused_by_number_and_row()
    {
        Fhir.FileObservation("obs-1");
        Fhir.Record.Fault = new RejectedException(new(RejectionCode.ContentDamaged, "deposit 1, column body: synthetic"));

        var answer = await Fhir.GetAsync("/fhir/Observation/obs-1");

        answer.IsRefused(HttpStatusCode.InternalServerError, 585);
        Assert.Contains("deposit 1, column body", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_said_to_be_away_for_now()
    {
        Fhir.Record.Fault = new TimeoutException();

        var answer = await Fhir.GetAsync("/fhir/Observation/obs-1");

        answer.IsRefused(HttpStatusCode.ServiceUnavailable, 602);
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    [Theory]
    [InlineData(null, "en", "A bearer token is needed in the Authorization header")]
    [InlineData("fr, de", "en", "A bearer token is needed in the Authorization header")]
    [InlineData("en, zh;q=0.5", "en", "A bearer token is needed in the Authorization header")]
    [InlineData("zh-Hant-HK, en;q=0.5", "zh-HK", "須在 Authorization 標頭提供存取權杖")]
    [InlineData("en;q=0.1, zh-TW;q=0.9", "zh-HK", "須在 Authorization 標頭提供存取權杖")]
    [InlineData("zh;q=0, en;q=0.1", "en", "A bearer token is needed in the Authorization header")]
    public async Task A_refusal_speaks_the_readers_language_and_carries_the_other(string? accepted, string language, string text)
    {
        var answer = accepted is null ? await Fhir.GetAsync("/fhir/Patient", null) : await Fhir.GetAsync("/fhir/Patient", null, ("Accept-Language", accepted));

        var details = answer.Json.GetProperty("issue")[0].GetProperty("details");
        Assert.Equal((language, text), (answer.Json.GetProperty("language").GetString(), details.GetProperty("text").GetString()));
        Assert.Equal([language], answer.ContentHeaders.ContentLanguage);
        var other = details.GetProperty("_text").GetProperty("extension")[0].GetProperty("extension");
        Assert.NotEqual(language, other[0].GetProperty("valueCode").GetString());
        Assert.NotEqual(text, other[1].GetProperty("valueString").GetString());
    }

    [Theory]
    [InlineData("en", "zh-HK")]
    [InlineData("zh-HK", "en")]
    public async Task What_the_policy_says_of_a_refusal_comes_in_both_languages(string language, string other)
    {
        var answer = await Fhir.GetAsync($"/fhir/Patient/{FhirInterface.Ann}", FhirInterface.OtherClinician, ("Accept-Language", language));

        answer.IsRefused(HttpStatusCode.Forbidden, 511);
        var issue = answer.Json.GetProperty("issue")[0];
        var said = issue.GetProperty("diagnostics").GetString()!;
        Assert.Equal(language == "zh-HK", said.Any(letter => letter >= '一'));
        var translation = issue.GetProperty("_diagnostics").GetProperty("extension")[0].GetProperty("extension");
        Assert.Equal(other, translation[0].GetProperty("valueCode").GetString());
        Assert.Equal(language != "zh-HK", translation[1].GetProperty("valueString").GetString()!.Any(letter => letter >= '一'));
    }
}
