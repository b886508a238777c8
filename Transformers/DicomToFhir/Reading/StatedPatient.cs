using System.Text.RegularExpressions;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Transformers.DicomToFhir.Reading;

/// <summary>The Patient Module as the person index asks for it (PS3.3-2024 C.7.1.1): numbers with their issuers, names, sex, date of birth.</summary>
internal static partial class StatedPatient
{
    public static PatientAsStated Of(Attributes patient) => new(
        [.. Numbers(patient).Select(number => new StatedIdentifier(number.Value.Text, number.Issuer?.Text ?? "", number.TypeCode, new("(0010,0020)")))],
        [.. patient.First("00100010")?.Name.Select(group => new StatedName(group[0], Joined(group[1], group[2]), group.Representation.ToString())) ?? []],
        patient.Text("00100030"), patient.Text("00100040"), []);

    /// <summary>(0010,0020), then the others of (0010,1002); one with an empty value is left out.</summary>
    public static IEnumerable<PatientNumber> Numbers(Attributes patient)
    {
        if (Number(patient) is { } first) yield return first;
        foreach (var other in patient.All("00101002"))
        {
            if (other.Item is { } item && Number(item) is { } number) yield return number;
        }
    }

    /// <summary>The medical record number or internal number, else the first: as with PID-3, so that both feeds of a source name the same Patient.</summary>
    public static PatientNumber? Chosen(Attributes patient)
    {
        PatientNumber? first = null;
        foreach (var number in Numbers(patient))
        {
            if (number.TypeCode is "MR" or "PI" or "PT") return number;
            first ??= number;
        }

        return first;
    }

    private static PatientNumber? Number(Attributes attributes)
    {
        if (attributes.First("00100020") is not { } value) return null;
        var issuer = attributes.First("00100021");
        // Issuer of Patient ID Qualifiers Sequence: Identifier Type Code of HL7 table 0203.
        var type = attributes.First("00100024")?.Item?.First("00400035");
        return new(value, issuer, type, type?.Text ?? (issuer is { } by ? by.Text.Equals("HKID", StringComparison.OrdinalIgnoreCase) ? "NI" : "" : CardNumber().IsMatch(value.Text) ? "HKID" : ""));
    }

    // As it is printed on the card. Nobody gives local numbers of this form; without the brackets some do, and such a number stays a local one.
    [GeneratedRegex(@"^[A-Z]{1,2}[0-9]{6}\([0-9A]\)$")]
    private static partial Regex CardNumber();

    private static string Joined(string given, string middle) => middle.Length == 0 ? given : $"{given} {middle}";
}

/// <param name="Type">(0010,0024) (0040,0035) as sent; null where it is absent.</param>
/// <param name="TypeCode">HL7 table 0203; that of a number whose issuer calls itself HKID is NI, and HKID where a number without issuer is written as on the card.</param>
internal sealed record PatientNumber(AttributeValue Value, AttributeValue? Issuer, AttributeValue? Type, string TypeCode);
