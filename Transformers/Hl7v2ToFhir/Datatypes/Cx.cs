using System.Collections.Concurrent;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>CX[Identifier]: extended composite id with check digit (HL7 v2.8.2 2A.14).</summary>
public static class Cx
{
    private static readonly ConcurrentDictionary<string, string> ConstantTypes = new(StringComparer.Ordinal);

    public static void ToIdentifier(FhirNode identifier, Value cx)
    {
        identifier.SetText("value", cx[1]); // CX.1
        CheckDigit(identifier, cx[2], cx[3]); // CX.2 CX.3
        Hd.SetAuthority(identifier, cx[4]); // CX.4 HD[uri]
        SetType(identifier, cx[5]); // CX.5
        if (cx.PartCount < 7) return;
        identifier.Object("period").SetDateTime("start", cx[7]); // CX.7
        identifier.Object("period").SetDateTime("end", cx[8]); // CX.8
    }

    /// <summary>Who gave the number: name of the assigning authority, else its universal id (CX.4.1, CX.4.2).</summary>
    public static Value Authority(Value cx) => cx[4][1].Leaf >= 0 ? cx[4][1] : cx[4][2];

    /// <summary>Adds an identifier for each repetition.</summary>
    /// <param name="type">HL7 table 0203 code for those that state none, or null.</param>
    public static void AddIdentifiers(this FhirNode node, string name, FieldValue field, string? type = null)
    {
        foreach (var cx in field)
        {
            if (!cx.HasValue) continue;
            var identifier = node.Item(name);
            ToIdentifier(identifier, cx);
            if (type is not null && cx[5].Leaf < 0) ConstantType(identifier, type);
        }
    }

    /// <summary>Identifier.type from HL7 table 0203.</summary>
    public static void SetType(FhirNode identifier, Value type)
    {
        if (type.Leaf < 0) return;
        var coding = identifier.Object("type").Item("coding");
        if (Cwe.ToMappedCoding(coding, type, TableMaps.IdentifierType)) return;
        if (!IsNational(type.Utf8)) type.Mapping.Unmapped.Add(type, default, TableMaps.IdentifierType);
        if (coding.SetCode("code", type)) coding.ConstantText("system", LocalUri.Of(type.Mapping, "HL70203"u8));
    }

    /// <summary>NNHKG and its kin are one code of table 0203, NNxxx, whose xxx is a country of ISO 3166: nothing is left to map.</summary>
    private static bool IsNational(ReadOnlySpan<byte> code) => code is [(byte)'N', (byte)'N', >= (byte)'A' and <= (byte)'Z', >= (byte)'A' and <= (byte)'Z', >= (byte)'A' and <= (byte)'Z'];

    /// <summary>Identifier.type that the field itself says.</summary>
    /// <param name="code">HL7 table 0203.</param>
    public static void ConstantType(FhirNode identifier, string code) =>
        identifier.ConstantJson("type", ConstantTypes.GetOrAdd(code, static code => $$"""{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"{{code}}"}]}"""));

    internal static void CheckDigit(FhirNode identifier, Value digit, Value scheme)
    {
        if (digit.Leaf >= 0) identifier.Extension("http://hl7.org/fhir/StructureDefinition/identifier-checkDigit").SetText("valueString", digit);
        if (scheme.Leaf >= 0) identifier.Extension("http://hl7.org/fhir/StructureDefinition/namingsystem-checkDigit").SetText("valueString", scheme);
    }
}
