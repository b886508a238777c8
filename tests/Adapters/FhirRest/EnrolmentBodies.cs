using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Tests.Adapters.FhirRest;

/// <summary>Bodies as a client sends them.</summary>
internal static class EnrolmentBodies
{
    public const string FullUrl = "urn:uuid:6ef1d3a0-0000-4000-8000-000000000001";

    public static string Patient(string number = "L555555(0)", string family = "TESTPATIENT", string birthDate = "1975-05-05") => $$$$"""
        {"resourceType":"Patient","identifier":[{"system":"{{{{FhirSystems.HongKongIdentityCard}}}}","value":"{{{{number}}}}"}],
         "name":[{"family":"{{{{family}}}}","given":["CHO","LAM"]},{"text":"測試楚"}],"gender":"male","birthDate":"{{{{birthDate}}}}"}
        """;

    public static string Joining(string patient = FullUrl) => $$$$"""
        {"resourceType":"Consent","status":"active","category":[{"coding":[{"system":"{{{{FhirSystems.ConsentKind}}}}","code":"joining"}]}],
         "patient":{"reference":"{{{{patient}}}}"}}
        """;

    public static string Sharing(string patient = FullUrl, string provider = "clinic-a", string? end = null) => $$$$"""
        {"resourceType":"Consent","status":"active","scope":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/consentscope","code":"patient-privacy"}]},
         "category":[{"coding":[{"system":"{{{{FhirSystems.ConsentKind}}}}","code":"sharing"}]}],"patient":{"reference":"{{{{patient}}}}"},
         "provision":{"type":"permit",{{{{(end is null ? "" : $"\"period\":{{\"end\":\"{end}\"}},")}}}}
           "actor":[{"role":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ParticipationType","code":"IRCP"}]},
                     "reference":{"reference":"Organization/{{{{provider}}}}"}}]}}
        """;

    public static string Bundle(params string[] resources) =>
        $$$$"""{"resourceType":"Bundle","type":"transaction","entry":[{{{{string.Join(',', resources.Select(Entry))}}}}]}""";

    public static string Entry(string resource)
    {
        var type = resource.Contains("\"resourceType\":\"Patient\"", StringComparison.Ordinal) ? "Patient" : "Consent";
        var fullUrl = type == "Patient" ? $"\"fullUrl\":\"{FullUrl}\"," : "";
        return $$$$"""{{{{{fullUrl}}}}"resource":{{{{resource}}}},"request":{"method":"POST","url":"{{{{type}}}}"}}""";
    }
}
