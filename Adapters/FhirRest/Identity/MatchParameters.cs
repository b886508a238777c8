using EHealthPlus.Adapters.FhirRest.Registration;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Adapters.FhirRest.Identity;

/// <summary>The Parameters of $match: resource, onlyCertainMatches, count.</summary>
internal sealed record MatchParameters(PatientAsStated Stated, bool OnlyCertain, int Count)
{
    private const int UsualCount = 10;
    private const string IdentifierTypes = "http://terminology.hl7.org/CodeSystem/v2-0203";

    /// <returns>Null where there is no resource; faults are noted.</returns>
    public static MatchParameters? Read(BodyElement parameters)
    {
        PatientAsStated? stated = null;
        var (onlyCertain, count) = (false, UsualCount);
        foreach (var parameter in parameters.List("parameter", required: true))
        {
            switch (parameter.Text("name", required: true))
            {
                case "resource":
                    if (parameter.Object("resource", required: true) is not { } patient) break;
                    if (patient.Text("resourceType", required: true) != "Patient") patient.FaultAt("resourceType", "Patient");
                    stated = Patient(patient);
                    break;
                case "onlyCertainMatches":
                    onlyCertain = parameter.Flag("valueBoolean");
                    break;
                case "count":
                    count = Math.Max(1, parameter.Number("valueInteger"));
                    break;
                case not null:
                    parameter.FaultAt("name", "One of resource, onlyCertainMatches, count");
                    break;
            }
        }

        if (stated is null) parameters.FaultAt("parameter", "A resource of type Patient is needed");
        return stated is null ? null : new(stated, onlyCertain, count);
    }

    /// <summary>What a Patient says of somebody, with as little as there is.</summary>
    private static PatientAsStated Patient(BodyElement patient)
    {
        var identifiers = new List<StatedIdentifier>();
        foreach (var identifier in patient.List("identifier"))
        {
            var (system, value, type) = (identifier.Text("system"), identifier.Text("value"), identifier.Object("type"));
            if (value is null) continue;
            identifiers.Add(new(value, system ?? "", system == FhirSystems.HongKongIdentityCard ? "NNHKG" : type?.CodeOf(IdentifierTypes) ?? "", default));
        }

        List<StatedName> names = [.. patient.List("name").Select(name => new StatedName(name.Text("family") ?? name.Text("text") ?? "", string.Join(' ', name.Texts("given")), ""))];
        return new(identifiers, names, patient.Text("birthDate")?.Replace("-", "", StringComparison.Ordinal) ?? "", SexOf(patient.Text("gender")), []);
    }

    /// <summary>HL7 table 0001.</summary>
    internal static string SexOf(string? gender) => gender switch
    {
        "female" => "F",
        "male" => "M",
        "other" => "O",
        _ => "",
    };
}
