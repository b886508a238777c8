using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.EndToEnd;

/// <summary>Messages about no patient, and about money, go through the hub.</summary>
public sealed class MasterFileTest(RunningHub running) : IClassFixture<RunningHub>
{
    private HubProcess Hub => running.Hub;

    private static string Staff(string controlId, string code, string rest) =>
        string.Join('\r', Messages.Header("MFN^M02^MFN_M02", controlId, hospital: true, enhanced: false), "MFI|PRA||UPD|||AL", $"MFE|{code}|R1||D010|CWE", $"STF|D010|D010^^^DEMO-HOSPITAL|DOCTOR^SYNTHETIC{rest}", "");

    [Fact]
    public async Task A_practitioner_of_the_master_file_outlives_being_mentioned_and_is_deactivated()
    {
        await running.EnrolAsync(70);
        using var socket = await MllpSocket.OpenAsync(Hub.MllpPort);
        var answer = await socket.AskAsync(Staff("MFN-1", "MAD", "||F|19750505"));
        Assert.Equal("AA", MllpSocket.CodeOf(answer));
        // MSH-1 is the separator itself.
        Assert.StartsWith("MFK^", MllpSocket.FieldOf(answer, "MSH", 8), StringComparison.Ordinal);
        Assert.Equal("S", MllpSocket.FieldOf(answer, "MFA", 4));
        Assert.Equal("AA", MllpSocket.CodeOf(await socket.AskAsync(
            Messages.Admit(70, "MFN-ADT").Replace("WARD1^1^1^DEMO-HOSPITAL||||", "WARD1^1^1^DEMO-HOSPITAL||||D010^DOCTOR^SYNTHETIC^^^^^^DEMO-HOSPITAL", StringComparison.Ordinal))));

        var encounter = Assert.Single(await CitizenRecord.OfAsync(Hub, 70, "Encounter"));
        var reference = encounter["participant"]![0]!["individual"]!["reference"]!.GetValue<string>();
        using var clinician = Hub.Http("clinician");
        var known = (await clinician.GetFromJsonAsync<JsonNode>($"/fhir/{reference}"))!;
        Assert.Equal(("1", "1975-05-05", true), (known["meta"]!["versionId"]!.GetValue<string>(), known["birthDate"]!.GetValue<string>(), known["active"]!.GetValue<bool>()));

        Assert.Equal("AA", MllpSocket.CodeOf(await socket.AskAsync(Staff("MFN-2", "MDC", ""))));
        var left = (await clinician.GetFromJsonAsync<JsonNode>($"/fhir/{reference}"))!;
        Assert.Equal(("2", "1975-05-05", false), (left["meta"]!["versionId"]!.GetValue<string>(), left["birthDate"]!.GetValue<string>(), left["active"]!.GetValue<bool>()));
    }

    [Fact]
    public async Task A_charge_is_found_with_its_account_and_claim()
    {
        await running.EnrolAsync(71);
        using var socket = await MllpSocket.OpenAsync(Hub.MllpPort);
        var message = string.Join('\r', Messages.Header("DFT^P03^DFT_P03", "DFT-1", hospital: true, enhanced: false), "EVN||20260301120000", Messages.Pid(71) + "||||||||||ACC71^^^DEMO-HOSPITAL",
            "FT1|1|T71^^^DEMO-HOSPITAL||20260301110000|20260301|CG|CXR^Chest X-ray^99PRICE|||1|350.00&HKD", "IN1|1|PLAN1|INS1^^^INSURERS|SYNTHETIC INSURANCE LTD|||||||||||||SEL^Self^HL70063", "");
        Assert.Equal("AA", MllpSocket.CodeOf(await socket.AskAsync(message)));

        var claim = Assert.Single(await CitizenRecord.OfAsync(Hub, 71, "Claim"));
        Assert.Equal("350.00", claim["item"]![0]!["net"]!["value"]!.ToJsonString());
        using var clinician = Hub.Http("clinician");
        var page = (await clinician.GetFromJsonAsync<JsonNode>($"/fhir/ChargeItem?patient={await CitizenRecord.PersonAsync(Hub, 71)}&_include=ChargeItem:account&_include=ChargeItem:subject"))!;
        Assert.Equal(["ChargeItem", "Patient", "Account"], page["entry"]!.AsArray().Select(entry => entry!["resource"]!["resourceType"]!.GetValue<string>()));
    }
}
