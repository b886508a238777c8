using System.Globalization;
using System.Text.Json;
using EHealthPlus.Adapters.FhirRest.Exchange;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Adapters.FhirRest.Reading;

/// <summary>
/// The citizen's own Patient, composed from the index each time it is read: the four index fields, and a link to each source's Patient.
/// </summary>
internal static class IndexPatient
{
    private const string Representation = "http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation";

    /// <param name="sourcePatients">The Patients that sources sent about this person; empty where the reader may not know of them.</param>
    public static ServedResource Compose(Person person, IReadOnlyList<StoredResource> sourcePatients)
    {
        var content = ServedResource.Compose(json => Write(json, person, sourcePatients, null));
        var versionId = ServedResource.VersionOf(content.Span);
        // No time: an amendment, a merge or another reader changes the content, and no one time stands for all of them. The version does.
        return new("Patient", person.Id, versionId, null, ServedResource.Compose(json => Write(json, person, sourcePatients, versionId)));
    }

    public static string GenderOf(AdministrativeSex sex) => sex switch
    {
        AdministrativeSex.Female => "female",
        AdministrativeSex.Male => "male",
        AdministrativeSex.Other => "other",
        _ => "unknown",
    };

    private static void Write(Utf8JsonWriter json, Person person, IReadOnlyList<StoredResource> sourcePatients, string? versionId)
    {
        json.WriteStartObject();
        json.WriteString("resourceType", "Patient");
        json.WriteString("id", person.Id);
        if (versionId is not null) json.WriteMeta(versionId, null);
        WriteIdentifier(json, person);
        json.WriteBoolean("active", person.MergedInto is null);
        json.WriteStartArray("name");
        WriteLatinName(json, person);
        if (person.ChineseName.Length > 0) WriteChineseName(json, person);
        json.WriteEndArray();
        json.WriteString("gender", GenderOf(person.Sex));
        IndexAssuranceExtension.WritePrimitive(json, "gender", person.Assurance.Sex);
        json.WriteString("birthDate", person.BirthDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        IndexAssuranceExtension.WritePrimitive(json, "birthDate", person.Assurance.BirthDate);
        if (sourcePatients.Count > 0 || person.MergedInto is not null)
        {
            json.WriteStartArray("link");
            if (person.MergedInto is { } survivor) WriteLink(json, survivor, "replaced-by");
            foreach (var patient in sourcePatients) WriteLink(json, patient.Id, "seealso");
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteIdentifier(Utf8JsonWriter json, Person person)
    {
        json.WriteStartArray("identifier");
        json.WriteStartObject();
        IndexAssuranceExtension.Write(json, person.Assurance.Document);
        json.WriteString("use", "official");
        json.WriteConcept("type", "http://terminology.hl7.org/CodeSystem/v2-0203", "NI", "National unique individual identifier");
        json.WriteString("system", FhirSystems.HongKongIdentityCard);
        json.WriteString("value", person.DocumentNumber);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteLatinName(Utf8JsonWriter json, Person person)
    {
        json.WriteStartObject();
        WriteRepresentation(json, "ABC", person.Assurance.Name);
        json.WriteString("use", "official");
        json.WriteString("family", person.FamilyName);
        if (person.GivenName.Length > 0)
        {
            json.WriteStartArray("given");
            json.WriteStringValue(person.GivenName);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    // The index keeps a Chinese name whole: where the family name ends is not always one character.
    private static void WriteChineseName(Utf8JsonWriter json, Person person)
    {
        json.WriteStartObject();
        WriteRepresentation(json, "IDE", person.Assurance.Name);
        json.WriteString("use", "official");
        json.WriteString("text", person.ChineseName);
        json.WriteEndObject();
    }

    private static void WriteRepresentation(Utf8JsonWriter json, string code, Assurance assurance)
    {
        json.WriteStartArray("extension");
        json.WriteStartObject();
        json.WriteString("url", Representation);
        json.WriteString("valueCode", code);
        json.WriteEndObject();
        IndexAssuranceExtension.WriteItem(json, assurance);
        json.WriteEndArray();
    }

    /// <param name="type">FHIR R4 link-type.</param>
    private static void WriteLink(Utf8JsonWriter json, string patientId, string type)
    {
        json.WriteStartObject();
        json.WriteReference("other", $"Patient/{patientId}");
        json.WriteString("type", type);
        json.WriteEndObject();
    }
}
