using System.Text;
using EHealthPlus.Tests.Security.Attacking;

namespace EHealthPlus.Tests.Security.Transport;

/// <summary>Whatever goes wrong at whatever route: no stack trace, no type, path or SQL is shown, and the headers that guard a browser are there.</summary>
public sealed class ErrorAnswerTest(AttackedHub attacked) : IDisposable
{
    private readonly Doors doors = new(attacked);

    public void Dispose() => doors.Dispose();

    [Fact]
    public async Task Every_route_as_it_is_meant_to_be_asked_and_by_nobody()
    {
        var requests = HubRoute.All.SelectMany(route => new Func<Task<Judged>>[]
        {
            async () => await Judged.AskAsync(await doors.InsiderAsync(route), route.Method, route.Harmless()),
            () => Judged.AskAsync(attacked.Stranger, route.Method, route.Harmless()),
        });

        await Doors.ExpectNoFaultsAsync(requests);
    }

    [Fact]
    public async Task Every_route_by_every_other_method()
    {
        var requests =
            from route in HubRoute.All.DistinctBy(route => route.Template)
            from method in (string[])["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECTED", "get"]
            where !HubRoute.All.Any(other => other.Template == route.Template && other.Method == method)
            select new Func<Task<Judged>>(async () => await Judged.AskAsync(await doors.InsiderAsync(route), method, route.Harmless()));

        await Doors.ExpectNoFaultsAsync(requests);
    }

    [Fact]
    public async Task Every_route_that_takes_a_body_with_one_that_it_does_not_take()
    {
        (string? Type, byte[] Bytes, string? Encoding)[] bodies =
        [
            (null, [], null), ("text/plain", "x"u8.ToArray(), null), ("application/json", "{"u8.ToArray(), null), ("application/json", "null"u8.ToArray(), null),
            ("application/json", "[]"u8.ToArray(), null), ("application/json", "\"x\""u8.ToArray(), null), ("application/json", [0xFF, 0xFE, 0x00], null),
            ("application/json", """{"id":{"a":1},"name":7}"""u8.ToArray(), null), ("application/json", """{"id":1,"id":2}"""u8.ToArray(), null),
            ("application/fhir+json", """{"resourceType":"Bundle","type":"transaction","entry":[null]}"""u8.ToArray(), null),
            ("application/fhir+json", """{"resourceType":7}"""u8.ToArray(), null), ("application/fhir+json", "{}"u8.ToArray(), "gzip"),
            ("application/json", Encoding.ASCII.GetBytes(new string('[', 10_000)), null), ("application/json", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 10_000))), null),
            ("application/json;charset=utf-7", "{}"u8.ToArray(), null), ("application/json;charset=made-up", "{}"u8.ToArray(), null),
            ("application/x-www-form-urlencoded", "a=%zz&%=&=&&&"u8.ToArray(), null), ("application/x-www-form-urlencoded", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("a=1&", 5_000))), null),
            ("application/x-www-form-urlencoded", Encoding.ASCII.GetBytes("reason=" + new string('A', 100_000)), null), ("application/x-www-form-urlencoded;charset=made-up", "a=1"u8.ToArray(), null),
            ("multipart/form-data", "x"u8.ToArray(), null), ("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data"u8.ToArray(), null),
            ("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../x\"\r\n\r\n"u8.ToArray(), null),
            ("multipart/form-data; boundary=" + new string('b', 200), "x"u8.ToArray(), null), ("application/xml", "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>"u8.ToArray(), null),
            ("application/hl7-v2", "not HL7"u8.ToArray(), null), ("application/hl7-v2", [0x1F, 0x8B, 8, 0], "gzip"), ("made up", "x"u8.ToArray(), null),
        ];
        var requests =
            from route in HubRoute.All
            where route.Changes
            from body in bodies
            from insider in (bool[])[true, false]
            select new Func<Task<Judged>>(async () =>
            {
                using var content = new ByteArrayContent(body.Bytes);
                if (body.Type is not null) content.Headers.TryAddWithoutValidation("Content-Type", body.Type);
                if (body.Encoding is not null) content.Headers.ContentEncoding.Add(body.Encoding);
                return await Judged.AskAsync(insider ? await doors.InsiderAsync(route) : attacked.Stranger, route.Method, route.Harmless(), content);
            });

        await Doors.ExpectNoFaultsAsync(requests);
    }

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/assets/nothing.js")]
    [InlineData("/deposits/999999999")]
    [InlineData("/deposits/1/nothing")]
    [InlineData("/persons/nobody")]
    [InlineData("/api/nothing")]
    [InlineData("/fhir/Nothing")]
    [InlineData("/uploads/nothing/answer")]
    [InlineData("/favicon.ico")]
    [InlineData("/.git/config")]
    [InlineData("/hub.json")]
    [InlineData("/swagger")]
    public async Task What_is_not_there(string path)
    {
        foreach (var role in new[] { "integration-engineer", "registrar" })
        {
            var answer = await Judged.AskAsync(doors.Of(role), "GET", path);

            Assert.True(answer.Faults() is [], string.Join('\n', answer.Faults()));
            Assert.InRange(answer.Status, 400, 499);
        }
    }
}
