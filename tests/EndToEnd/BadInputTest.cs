using System.Net;
using System.Text;
using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.EndToEnd;

/// <summary>Bad input to a running hub: a clear answer, nothing lost, nothing hung. One hub for all: each case must leave it well.</summary>
public sealed class BadInputTest(RunningHub running) : IClassFixture<RunningHub>
{
    private HubProcess Hub => running.Hub;

    public static TheoryData<string, string, string> Refused()
    {
        var valid = Messages.Admit(900, "BAD");
        return new()
        {
            { "not HL7 at all", "hello", "201" },
            { "MSH cut off", "MSH|^~\\&|DEMO-HIS|DEMO", "202" },
            { "unknown version", valid.Replace("|2.5.1|", "|9.9|", StringComparison.Ordinal).Replace("BAD", "BAD-VERSION", StringComparison.Ordinal), "204" },
            { "the same delimiter twice", valid.Replace("MSH|^~\\&|", "MSH|^^\\&|", StringComparison.Ordinal).Replace("BAD", "BAD-DELIMITER", StringComparison.Ordinal), "203" },
            { "unknown character set", valid.Replace("UNICODE UTF-8", "KLINGON", StringComparison.Ordinal).Replace("BAD", "BAD-CHARSET", StringComparison.Ordinal), "207" },
            { "a message type that nobody knows", valid.Replace("ADT^A01^ADT_A01", "QQQ^Q99", StringComparison.Ordinal).Replace("BAD", "BAD-TYPE", StringComparison.Ordinal), "205" },
            { "an unknown source", valid.Replace("DEMO-HIS", "NOBODY", StringComparison.Ordinal).Replace("BAD", "BAD-SOURCE", StringComparison.Ordinal), "301" },
            { "NUL in a field", valid.Replace("TESTPATIENT", "TEST\0PATIENT", StringComparison.Ordinal).Replace("BAD", "BAD-NUL", StringComparison.Ordinal), "214" },
            { "a control byte in a field", valid.Replace("TESTPATIENT", "TEST\u0007PATIENT", StringComparison.Ordinal).Replace("BAD", "BAD-BELL", StringComparison.Ordinal), "214" },
            { "no control id", valid.Replace("|BAD|", "||", StringComparison.Ordinal), "216" },
            { "a wrong check digit", Messages.Admit(900, "BAD-DIGIT", Messages.Pid(900, "A1234564")), "402" },
            { "30 February", Messages.Admit(900, "BAD-FEBRUARY", Messages.Pid(900, birthDate: "20200230")), "405" },
            { "born in the future", Messages.Admit(900, "BAD-FUTURE", Messages.Pid(900, birthDate: "29990101")), "406" },
            { "no account", Messages.Admit(901, "BAD-NOBODY"), "403" },
            { "a field of 5 MB", valid.Replace("TESTPATIENT", new string('A', 5_000_000), StringComparison.Ordinal).Replace("BAD", "BAD-LONG", StringComparison.Ordinal), "212" },
            { "100,000 repetitions", valid.Replace("TESTPATIENT", string.Join('~', Enumerable.Repeat("A", 100_000)), StringComparison.Ordinal).Replace("BAD", "BAD-REPEAT", StringComparison.Ordinal), "213" },
        };
    }

    [Theory]
    [MemberData(nameof(Refused), DisableDiscoveryEnumeration = true)]
    public async Task It_is_refused_with_a_numbered_reason_and_kept_in_the_journal(string what, string message, string code)
    {
        await running.EnrolAsync(900);
        var before = await running.NewestDepositAsync();
        using var socket = await MllpSocket.OpenAsync(Hub.MllpPort);

        var answer = await socket.AskAsync(message);

        Assert.True(MllpSocket.CodeOf(answer) is "AE" or "AR", $"{what}: {answer}");
        Assert.Contains(code, MllpSocket.FieldOf(answer, "ERR", 5), StringComparison.Ordinal);
        Assert.NotEqual("", MllpSocket.FieldOf(answer, "ERR", 8));
        Assert.True(await running.NewestDepositAsync() > before, $"{what}: not in the journal");
    }

    [Fact]
    public async Task Bytes_that_are_not_of_the_stated_character_set_are_refused()
    {
        await running.EnrolAsync(900);
        var message = Encoding.Latin1.GetBytes(Messages.Admit(900, "BAD-LIE").Replace("TESTPATIENT", "TESTPATIÉNT", StringComparison.Ordinal));
        using var socket = await MllpSocket.OpenAsync(Hub.MllpPort);

        await socket.SendAsync(message);
        var answer = await socket.ReadAsync();

        Assert.Equal("AE", MllpSocket.CodeOf(answer!));
        Assert.Contains("208", MllpSocket.FieldOf(answer!, "ERR", 5), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_without_a_start_block_are_answered_and_the_connection_ends()
    {
        using var socket = await MllpSocket.OpenAsync(Hub.MllpPort);

        await socket.WriteAsync(Encoding.ASCII.GetBytes("MSH|^~\\&|NOFRAME\r"));
        var answer = await socket.ReadAsync();

        Assert.Contains("103", answer, StringComparison.Ordinal);
        Assert.Null(await socket.ReadAsync());
    }

    [Fact]
    public async Task A_frame_over_the_limit_is_refused_and_the_connection_ends()
    {
        using var socket = await MllpSocket.OpenAsync(Hub.MllpPort);
        var half = Encoding.ASCII.GetBytes("\vMSH|^~\\&|DEMO-HIS|DEMO-HOSPITAL|||20260301||ADT^A01|TOOLARGE|P|2.5.1\rOBX|1|TX|X||" + new string('A', 6_000_000));

        await socket.WriteAsync(half);
        var reading = socket.ReadAsync();
        try
        {
            await socket.WriteAsync(half);
        }
        catch (IOException)
        {
            // The hub may close before it has read all of it.
        }

        var answer = await reading;
        Assert.Contains("101", answer, StringComparison.Ordinal);
        Assert.Null(await socket.ReadAsync());
    }

    [Fact]
    public async Task A_thousand_silent_connections_hold_nobody_up()
    {
        await running.EnrolAsync(900);
        var silent = new List<MllpSocket>();
        try
        {
            for (var i = 0; i < 1_000; i++) silent.Add(await MllpSocket.OpenAsync(Hub.MllpPort));
            await silent[0].WriteAsync("\vMSH|^~\\&|half a frame"u8.ToArray());

            using var busy = await MllpSocket.OpenAsync(Hub.MllpPort);
            var answer = await busy.AskAsync(Messages.Admit(900, $"SILENT{Guid.NewGuid():N}"));

            Assert.Equal("AA", MllpSocket.CodeOf(answer));
        }
        finally
        {
            silent.ForEach(socket => socket.Dispose());
        }
    }

    [Fact]
    public async Task The_log_holds_no_patient_data()
    {
        await running.EnrolAsync(900);
        using var socket = await MllpSocket.OpenAsync(Hub.MllpPort);
        await socket.AskAsync(Messages.Admit(900, $"LOG{Guid.NewGuid():N}", Messages.Pid(900, "A1234564")));
        using var http = Hub.Anonymous();
        using var answer = await http.GetAsync("/fhir/Patient?identifier=" + Messages.DocumentNumber(900));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        var log = Hub.ReadLog();
        Assert.DoesNotContain(Messages.DocumentNumber(900), log, StringComparison.Ordinal);
        Assert.DoesNotContain("A1234564", log, StringComparison.Ordinal);
        Assert.DoesNotContain("TESTPATIENT", log, StringComparison.Ordinal);
    }
}
