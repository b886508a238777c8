using System.Globalization;
using System.Text;

namespace EHealthPlus.Endpoints.Cli.Synthetic;

/// <summary>Writes the results of the demonstration laboratory: ORU^R01 of about 1.4 KB, HL7 v2.5.1, UTF-8.</summary>
public sealed class SyntheticLaboratory(string session, TimeProvider clock)
{
    private int sent;

    public string Session => session;

    /// <inheritdoc cref="SyntheticHospital.Enhanced"/>
    public bool Enhanced { get; init; }

    /// <summary>A full blood count.</summary>
    /// <param name="order">Number of the order: the same number again is the same report.</param>
    /// <param name="status">OBR-25 and OBX-11: P, F, C or X (HL7 tables 0123 and 0085).</param>
    /// <param name="shift">Moves the values, so that a correction differs.</param>
    public byte[] BloodCount(Citizen citizen, string order, char status, int shift)
    {
        var now = SyntheticHospital.Time(clock.GetUtcNow());
        var control = $"L{session}{Interlocked.Increment(ref sent).ToString(CultureInfo.InvariantCulture)}";
        var haemoglobin = (11.0m + shift % 50 / 10m).ToString("0.0", CultureInfo.InvariantCulture);
        var white = (4.0m + shift % 90 / 10m).ToString("0.00", CultureInfo.InvariantCulture);
        var platelets = 150 + shift % 250;
        return Encoding.UTF8.GetBytes(new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"MSH|^~\\&|DEMO-LIS|DEMO-LABORATORY|EHEALTHPLUS|HUB|{now}||ORU^R01^ORU_R01|{control}|P|2.5.1|||{(Enhanced ? "AL|AL" : "|")}||UNICODE UTF-8\r")
            .Append(SyntheticHospital.Patient(citizen)).Append('\r')
            .Append(CultureInfo.InvariantCulture, $"ORC|RE|P{order}^DEMO-HIS|F{order}^DEMO-LIS||CM||||{now}|||D0001^DOCTOR^Synthetic^^^Dr^^^DEMO-HOSPITAL\r")
            .Append(CultureInfo.InvariantCulture, $"OBR|1|P{order}^DEMO-HIS|F{order}^DEMO-LIS|58410-2^CBC panel - Blood by Automated count^LN|||{now}|||||||{now}||D0001^DOCTOR^Synthetic^^^Dr^^^DEMO-HOSPITAL||||||{now}||HM|{status}\r")
            .Append(CultureInfo.InvariantCulture, $"OBX|1|NM|718-7^Hemoglobin [Mass/volume] in Blood^LN||{haemoglobin}|g/dL^g/dL^UCUM|12.0-15.5|{(shift % 50 < 10 ? "L" : "N")}|||{status}|||{now}\r")
            .Append(CultureInfo.InvariantCulture, $"OBX|2|NM|6690-2^Leukocytes [#/volume] in Blood by Automated count^LN||{white}|10*9/L^10*9/L^UCUM|4.00-11.00|N|||{status}|||{now}\r")
            .Append(CultureInfo.InvariantCulture, $"OBX|3|NM|777-3^Platelets [#/volume] in Blood by Automated count^LN||{platelets}|10*9/L^10*9/L^UCUM|150-400|N|||{status}|||{now}\r")
            .Append(CultureInfo.InvariantCulture, $"OBX|4|ST|5778-6^Color of Urine^LN||straw|||N|||{status}|||{now}\r")
            .Append(CultureInfo.InvariantCulture, $"OBX|5|SN|5803-2^pH of Urine by Test strip^LN||=^6.5||5.0-8.0|N|||{status}|||{now}\r")
            .Append(CultureInfo.InvariantCulture, $"OBX|6|NM|787-2^MCV [Entitic volume] by Automated count^LN||88.4|fL^fL^UCUM|80.0-100.0|N|||{status}|||{now}\r")
            .Append("NTE|1|L|Specimen received in good condition. 樣本狀況良好\r")
            .Append(CultureInfo.InvariantCulture, $"SPM|1|S{order}^DEMO-LIS||BLD^Whole blood^HL70487|||||||||||||{now}|{now}\r")
            .ToString());
    }
}
