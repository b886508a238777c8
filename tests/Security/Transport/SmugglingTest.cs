using EHealthPlus.Tests.Security.Attacking;

namespace EHealthPlus.Tests.Security.Transport;

/// <summary>
/// Requests that a proxy and the hub could cut at different places (RFC 9112 section 11.2): never does the hub see a second request in what a proxy
/// would take for the body of the first.
/// </summary>
public sealed class SmugglingTest(AttackedHub attacked)
{
    private const string Hidden = "GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";

    private int Port => attacked.Hub.HttpPort;

    public static TheoryData<string, string> Ambiguous() => new()
    {
        { "two lengths", $"POST /oauth/token HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\nContent-Length: {Hidden.Length}\r\n\r\n{Hidden}" },
        { "a list of lengths", $"POST /oauth/token HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0, {Hidden.Length}\r\n\r\n{Hidden}" },
        { "a negative length", $"POST /oauth/token HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n{Hidden}" },
        { "a length in hexadecimal", $"POST /oauth/token HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0x0\r\n\r\n{Hidden}" },
        { "length and chunks", $"POST /oauth/token HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {5 + Hidden.Length}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{Hidden}" },
        { "an encoding that nobody knows", $"POST /oauth/token HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n{Hidden}" },
        { "chunks not last", $"POST /oauth/token HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n{Hidden}" },
        { "a bare line feed in a chunk's extension", $"POST /oauth/token HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n1;a\nx\r\n0\r\n\r\n{Hidden}" },
        { "a chunk size that overflows", $"POST /oauth/token HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n10000000000000001\r\nx\r\n0\r\n\r\n{Hidden}" },
        { "a space before the colon", $"POST /oauth/token HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length : {Hidden.Length}\r\n\r\n{Hidden}" },
        { "a folded header", $"POST /oauth/token HTTP/1.1\r\nHost: 127.0.0.1\r\nX: a\r\n Content-Length: {Hidden.Length}\r\n\r\n{Hidden}" },
        { "a header without a colon", $"POST /oauth/token HTTP/1.1\r\nHost: 127.0.0.1\r\nGET /health/live\r\nContent-Length: 0\r\n\r\n{Hidden}" },
        { "two hosts", $"GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: elsewhere.example\r\n\r\n{Hidden}" },
        { "no host", $"GET /health/live HTTP/1.1\r\n\r\n{Hidden}" },
        { "NUL in a header", $"GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\nX: a\0b\r\n\r\n{Hidden}" },
        { "a bare carriage return in a header", $"GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\nX: a\rContent-Length: 5\r\n\r\n{Hidden}" },
        { "a version that nobody knows", $"GET /health/live HTTP/7.3\r\nHost: 127.0.0.1\r\n\r\n{Hidden}" },
    };

    [Theory]
    [MemberData(nameof(Ambiguous))]
    public async Task What_can_be_cut_in_two_ways_ends_the_connection(string what, string request)
    {
        var (text, closed) = await RawHttp.AskAsync(Port, request, seconds: 30);

        Assert.True(RawHttp.StatusesOf(text).Count <= 1, $"{what}: the hidden request was answered:\n{text}");
        Assert.DoesNotContain("\"live\"", text, StringComparison.Ordinal);
        Assert.True(closed, $"{what}: the connection goes on:\n{text}");
    }

    [Theory]
    [InlineData("GET /health/live HTTP/1.1\nHost: 127.0.0.1\n\n")]
    [InlineData("GET  /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")]
    public async Task A_request_in_loose_form_is_one_request_at_most(string request)
    {
        var (text, _) = await RawHttp.AskAsync(Port, request);

        Assert.True(RawHttp.StatusesOf(text).Count <= 1, text);
    }

    [Theory]
    [InlineData("X-Forwarded-For: 203.0.113.9")]
    [InlineData("X-Forwarded-Proto: http")]
    [InlineData("X-Forwarded-Host: elsewhere.example")]
    [InlineData("Forwarded: for=203.0.113.9;host=elsewhere.example;proto=http")]
    [InlineData("X-Original-URL: /api/accounts")]
    [InlineData("X-Rewrite-URL: /api/accounts")]
    [InlineData("X-HTTP-Method-Override: DELETE")]
    [InlineData("X-SSL-Client-Cert: MIIB")]
    [InlineData("X-ARR-ClientCert: MIIB")]
    public async Task Headers_of_proxies_count_for_nothing(string header)
    {
        var bearer = attacked.Hub.Token("operator");
        var (plain, _) = await RawHttp.AskAsync(Port, $"GET /fhir/metadata HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {bearer}\r\nConnection: close\r\n\r\n", 30);
        var (with, _) = await RawHttp.AskAsync(Port, $"GET /fhir/metadata HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {bearer}\r\n{header}\r\nConnection: close\r\n\r\n", 30);

        Assert.Equal([200], RawHttp.StatusesOf(with));
        Assert.Equal(plain.Split("\r\n\r\n")[1], with.Split("\r\n\r\n")[1]);
    }

    [Theory]
    [InlineData("elsewhere.example")]
    [InlineData("127.0.0.1.elsewhere.example")]
    [InlineData("elsewhere.example:443")]
    public async Task A_host_that_the_hub_is_not_is_refused(string host)
    {
        var (text, _) = await RawHttp.AskAsync(Port, $"GET /health/live HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n", 30);

        Assert.Equal([421], RawHttp.StatusesOf(text));
        Assert.DoesNotContain(host, text, StringComparison.Ordinal);
    }
}
