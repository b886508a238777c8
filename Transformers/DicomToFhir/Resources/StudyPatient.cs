using EHealthPlus.Transformers.DicomToFhir.Ledger;
using EHealthPlus.Transformers.DicomToFhir.Reading;
using EHealthPlus.Transformers.Fhir.Building;

namespace EHealthPlus.Transformers.DicomToFhir.Resources;

/// <summary>The Patient Module (PS3.3-2024 C.7.1.1) as Patient: the source's own view of the patient, linked to the citizen's Patient where the hub knows that one.</summary>
internal static class StudyPatient
{
    private const string Extensions = "http://hl7.org/fhir/StructureDefinition/";

    public static FhirNode Map(StudyMapping mapping)
    {
        var stated = mapping.Manifest.Patient;
        var patient = mapping.Arena.Resource("Patient");
        patient.ConstantText("id", mapping.Text(StudyKey.OfPatient(mapping.Context.Source.Id, stated, mapping.Manifest.StudyInstanceUid)));
        foreach (var number in StatedPatient.Numbers(stated)) Identifier(mapping, patient, number);
        foreach (var name in stated.All("00100010")) Names(mapping, patient, name, null);
        foreach (var name in stated.All("00101001")) Names(mapping, patient, name, "old");
        var birth = stated.First("00100030");
        if (birth is not null && DicomTime.Of(birth.Text, "", null).Text is { } day) patient.Set("birthDate", mapping.Text(day), birth.Leaf);
        else mapping.Note(birth, ManifestNote.NotADate);
        Gender(mapping, patient, stated.First("00100040"));
        patient.Keep();
        if (mapping.SubjectId is not { } subject) return patient;
        var link = patient.ConstantItem("link");
        link.ConstantObject("other").Constant("reference", $"Patient/{subject}");
        link.Constant("type", "refer");
        return patient;
    }

    private static void Identifier(StudyMapping mapping, FhirNode patient, PatientNumber number)
    {
        var identifier = patient.Item("identifier");
        mapping.Set(identifier, "value", number.Value);
        if (number.Issuer is { } issuer) identifier.Set("system", mapping.LocalUri(issuer.Text), issuer.Leaf);
        // HKID is the index's word for what the number looks like: table 0203 has none, and the sender said none.
        if (number.TypeCode is "" or "HKID") return;
        identifier.Object("type").Item("coding").Constant("system", "http://terminology.hl7.org/CodeSystem/v2-0203")
            .Set("code", mapping.Text(number.TypeCode), number.Type?.Leaf ?? FhirNode.NoLeaf);
    }

    private static void Names(StudyMapping mapping, FhirNode patient, AttributeValue value, string? use)
    {
        foreach (var group in value.Name)
        {
            var name = patient.Item("name");
            if (use is not null) name.Constant("use", use);
            if (group[0].Length > 0) name.Set("family", mapping.Text(group[0]), group.Leaf);
            Append(mapping, name, "given", group, 1);
            Append(mapping, name, "given", group, 2);
            Append(mapping, name, "prefix", group, 3);
            Append(mapping, name, "suffix", group, 4);
            name.ConstantItem("extension").Constant("url", Extensions + "iso21090-EN-representation")
                .Constant("valueCode", group.Representation switch { 'I' => "IDE", 'P' => "SYL", _ => "ABC" });
        }
    }

    private static void Append(StudyMapping mapping, FhirNode name, string list, NameGroup group, int component)
    {
        if (group[component].Length > 0) name.Append(list, mapping.Text(group[component]), group.Leaf);
    }

    private static void Gender(StudyMapping mapping, FhirNode patient, AttributeValue? sex)
    {
        var code = sex?.Text.Trim() switch { "M" => "male", "F" => "female", "O" => "other", _ => null };
        if (code is not null) patient.Set("gender", code, sex!.Leaf);
        else mapping.Note(sex, ManifestNote.NoCode);
    }
}
