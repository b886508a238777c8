using System.Globalization;
using EHealthPlus.Adapters.FhirRest.Search;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Adapters.FhirRest.Registration;

/// <summary>Reads a FHIR Patient as an enrolment: the four index fields, and the Chinese name beside the Latin one.</summary>
internal static class PatientBody
{
    /// <returns>Null where faults were noted.</returns>
    public static Enrolment? Read(BodyElement patient)
    {
        patient.AllowOnly("resourceType", "id", "meta", "language", "text", "extension", "identifier", "active", "name", "gender", "birthDate");
        var assurance = ReadAssurance(patient);
        var document = ReadDocument(patient);
        var (family, given, chinese) = ReadNames(patient);
        var sex = SexOf(patient.Text("gender", required: true));
        if (sex is null) patient.FaultAt("gender", "One of female, male, other, unknown");
        var birthDate = ReadBirthDate(patient);
        return document is null || family is null || sex is null || birthDate is null
            ? null
            : new(document, family, given, chinese, sex.Value, birthDate.Value) { Assurance = IndexAssurance.Of(assurance) };
    }

    /// <summary>One extension of the Patient speaks for all four fields: they come from one card.</summary>
    private static Assurance ReadAssurance(BodyElement patient)
    {
        var assurance = Assurance.Stated;
        foreach (var extension in patient.List("extension"))
        {
            extension.AllowOnly("url", "valueCode");
            if (extension.Text("url", required: true) != FhirSystems.Assurance) extension.FaultAt("url", $"The hub keeps {FhirSystems.Assurance}");
            if (AssuranceCode.Read(extension.Text("valueCode", required: true) ?? "") is { } read) assurance = read;
            else extension.FaultAt("valueCode", "One of stated, document-seen, chip-read");
        }

        return assurance;
    }

    private static string? ReadDocument(BodyElement patient)
    {
        var numbers = patient.List("identifier", required: true)
            .Where(identifier => identifier.Text("system") == FhirSystems.HongKongIdentityCard)
            .Select(identifier => identifier.Text("value", required: true))
            .ToList();
        if (numbers is [{ } number]) return IdentityCardNumber.Normalise(number);
        if (numbers.Count != 1) patient.FaultAt("identifier", $"Exactly one with system {FhirSystems.HongKongIdentityCard}");
        return null;
    }

    private static (string? Family, string Given, string Chinese) ReadNames(BodyElement patient)
    {
        string? family = null;
        var (given, chinese) = ("", "");
        foreach (var name in patient.List("name", required: true))
        {
            name.AllowOnly("extension", "use", "text", "family", "given");
            var (itsFamily, itsGiven, text) = (name.Text("family"), string.Join(' ', name.Texts("given")), name.Text("text"));
            if (IsChinese(text ?? itsFamily))
            {
                if (chinese.Length > 0) name.Fault("A second Chinese name: the index keeps one");
                chinese = text ?? itsFamily + itsGiven;
            }
            else if (itsFamily is null)
            {
                name.FaultAt("family", "Required for a name in Latin letters");
            }
            else
            {
                if (family is not null) name.Fault("A second Latin name: the index keeps one");
                (family, given) = (itsFamily, itsGiven);
            }
        }

        if (family is null) patient.FaultAt("name", "A name in Latin letters is required, as on the identity card");
        return (family, given, chinese);
    }

    private static DateOnly? ReadBirthDate(BodyElement patient)
    {
        if (patient.Text("birthDate", required: true) is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
        patient.FaultAt("birthDate", "A calendar date as yyyy-MM-dd");
        return null;
    }

    private static AdministrativeSex? SexOf(string? gender) => gender switch
    {
        "female" => AdministrativeSex.Female,
        "male" => AdministrativeSex.Male,
        "other" => AdministrativeSex.Other,
        "unknown" => AdministrativeSex.Unknown,
        _ => null,
    };

    // Ideographs begin with the radicals at U+2E80; those beyond the first plane are written with surrogates.
    private static bool IsChinese(string? text) => text is not null && text.Any(letter => letter >= '\u2E80');
}
