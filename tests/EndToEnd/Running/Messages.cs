using System.Globalization;

namespace EHealthPlus.Tests.EndToEnd.Running;

/// <summary>Messages of the demonstration sources about plainly synthetic patients.</summary>
internal static class Messages
{
    /// <summary>HKID with a right check digit: XY and six digits.</summary>
    public static string DocumentNumber(int number)
    {
        var prefixed = "XY" + number.ToString("D6", CultureInfo.InvariantCulture);
        var sum = prefixed.Select((letter, place) => (letter >= 'A' ? letter - 'A' + 10 : letter - '0') * (9 - place)).Sum();
        var check = (11 - sum % 11) % 11;
        return prefixed + (check == 10 ? "A" : check.ToString(CultureInfo.InvariantCulture));
    }

    public static string Pid(int citizen, string? documentNumber = null, string? birthDate = null) =>
        $"PID|1||M{citizen}^^^DEMO-HOSPITAL^MR~{documentNumber ?? DocumentNumber(citizen)}^^^HKID^NNHKG||TESTPATIENT^Number {citizen}||{birthDate ?? "19800229"}|F";

    public static string Header(string type, string controlId, bool hospital, bool enhanced) =>
        $"MSH|^~\\&|{(hospital ? "DEMO-HIS|DEMO-HOSPITAL" : "DEMO-LIS|DEMO-LABORATORY")}|EHEALTHPLUS|HUB|20260301120000||{type}|{controlId}|P|2.5.1|||{(enhanced ? "AL|AL" : "|")}||UNICODE UTF-8";

    public static string Enrol(int citizen, string controlId) =>
        string.Join('\r', Header("ADT^A28^ADT_A05", controlId, hospital: true, enhanced: false), "EVN|A28|20260301120000", Pid(citizen), "");

    public static string Admit(int citizen, string controlId, string? pid = null, bool enhanced = false) =>
        string.Join('\r', Header("ADT^A01^ADT_A01", controlId, hospital: true, enhanced), "EVN|A01|20260301120000", pid ?? Pid(citizen),
            $"PV1|1|I|WARD1^1^1^DEMO-HOSPITAL||||||||||||||||V{citizen}^^^DEMO-HOSPITAL^VN|||||||||||||||||||||||||20260301115500", "");

    public static string Result(int citizen, string controlId, string order, bool enhanced, string value = "13.50") =>
        string.Join('\r', Header("ORU^R01^ORU_R01", controlId, hospital: false, enhanced), Pid(citizen),
            $"OBR|1|P{order}^DEMO-HIS|F{order}^DEMO-LIS|58410-2^CBC panel^LN|||20260301110000|||||||||||||||20260301113000||HM|F",
            $"OBX|1|NM|718-7^Hemoglobin^LN||{value}|g/dL^g/dL^UCUM|12.0-15.5|N|||F|||20260301113000",
            "OBX|2|NM|6690-2^Leukocytes^LN||6.10|10*9/L^10*9/L^UCUM|4.00-11.00|N|||F|||20260301113000", "");
}
