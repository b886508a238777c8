using System.Globalization;
using System.Text;

namespace EHealthPlus.Endpoints.Cli.Synthetic;

/// <summary>Writes the messages of the demonstration hospital: HL7 v2.5.1, UTF-8, times in Hong Kong time without offset.</summary>
/// <param name="session">Makes control ids and visit numbers of one run differ from those of another.</param>
public sealed class SyntheticHospital(string session, TimeProvider clock)
{
    private static readonly TimeSpan HongKong = TimeSpan.FromHours(8);
    private int sent;

    /// <summary>Asks for CA at the commit and AA after it (MSH-15 and MSH-16 AL); original mode where false.</summary>
    public bool Enhanced { get; init; }

    /// <summary>ADT^A28: opens an account.</summary>
    public byte[] Enrol(Citizen citizen) =>
        Message("ADT^A28^ADT_A05", "A28", [Patient(citizen)]);

    /// <summary>ADT^A01 A02 A03 A08 A11 A13 about one stay.</summary>
    public byte[] Stay(string trigger, Citizen citizen, string visit, string ward, string? priorWard = null, bool discharged = false)
    {
        var now = Time(clock.GetUtcNow());
        var segments = new List<string>
        {
            Patient(citizen),
            $"NK1|1|{citizen.FamilyName}^Kin|SPO^Spouse^HL70063||5550100^PRN^PH",
            $"PV1|1|I|{ward}^12^3^DEMO-HOSPITAL|R||{priorWard}{(priorWard is null ? "" : "^12^1^DEMO-HOSPITAL")}|D0001^DOCTOR^Synthetic^^^Dr^^^DEMO-HOSPITAL||||||||||||{visit}^^^DEMO-HOSPITAL^VN|||||||||||||||||{(discharged ? "01" : "")}||||||||{now}|{(discharged ? now : "")}",
        };
        if (trigger is "A01" or "A08")
        {
            segments.Add("AL1|1|DA|PENICILLIN^Penicillin^L|SV|Rash|20190304");
            segments.Add("DG1|1||J18.9^Pneumonia, unspecified organism^I10||" + now + "|A");
        }

        if (trigger == "A03") segments.Add($"PR1|1||87.44^Routine chest x-ray^I9C|Chest x-ray|{now}|D");
        var structure = trigger is "A02" ? "ADT_A02" : trigger is "A03" ? "ADT_A03" : trigger is "A11" ? "ADT_A09" : "ADT_A01";
        return Message($"ADT^{trigger}^{structure}", trigger, segments);
    }

    private byte[] Message(string type, string trigger, List<string> segments)
    {
        var now = Time(clock.GetUtcNow());
        var control = $"H{session}{Interlocked.Increment(ref sent).ToString(CultureInfo.InvariantCulture)}";
        var text = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"MSH|^~\\&|DEMO-HIS|DEMO-HOSPITAL|EHEALTHPLUS|HUB|{now}||{type}|{control}|P|2.5.1|||{(Enhanced ? "AL|AL" : "|")}||UNICODE UTF-8\r")
            .Append(CultureInfo.InvariantCulture, $"EVN|{trigger}|{now}\r");
        foreach (var segment in segments) text.Append(segment).Append('\r');
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    internal static string Patient(Citizen citizen) =>
        $"PID|1||M{citizen.DocumentNumber[2..]}^^^DEMO-HOSPITAL^MR~{citizen.DocumentNumber}^^^HKID^NNHKG||"
        + $"{citizen.FamilyName}^{citizen.GivenName}^^^^^L^A~{citizen.ChineseName[..2]}^{citizen.ChineseName[2..]}^^^^^L^I||"
        + $"{citizen.BirthDate.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}|{citizen.Sex}|||1 Synthetic Street^^Hong Kong^^^HKG||5550100^PRN^PH";

    internal static string Time(DateTimeOffset at) => at.ToOffset(HongKong).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
}
