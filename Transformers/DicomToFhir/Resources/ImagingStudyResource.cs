using System.Globalization;
using EHealthPlus.Transformers.DicomToFhir.Ledger;
using EHealthPlus.Transformers.DicomToFhir.Reading;
using EHealthPlus.Transformers.Fhir.Building;

namespace EHealthPlus.Transformers.DicomToFhir.Resources;

/// <summary>
/// General Study, General Series and SOP Common Module (PS3.3-2024 C.7.2.1, C.7.3.1, C.12.1) as R4 ImagingStudy. The order stands as a reference
/// by its accession number: that is all that images know of it, and it holds whichever of the two comes first.
/// </summary>
internal static class ImagingStudyResource
{
    private const string IdentifierTypes = "http://terminology.hl7.org/CodeSystem/v2-0203";

    public static FhirNode Map(StudyMapping mapping, FhirNode patient, FhirNode endpoint)
    {
        var (manifest, stated) = (mapping.Manifest, mapping.Manifest.Study);
        var study = mapping.Arena.Resource("ImagingStudy");
        study.ConstantText("id", mapping.Text(StudyKey.OfStudy(mapping.Context.Source.Id, mapping.SubjectId, manifest.StudyInstanceUid)));
        Identifiers(mapping, study);
        study.Set("status", "available");
        Modalities(study, mapping);
        Subject(mapping, study, patient);
        var offset = Offset(manifest);
        mapping.SetTime(study, "started", stated.First("00080020"), stated.First("00080030"), offset);
        BasedOn(mapping, study, stated.First("00080050"));
        Referrer(mapping, study);
        study.ReferItem("endpoint", endpoint);
        study.SetRaw("numberOfSeries", Number(mapping, manifest.Series.Count));
        study.SetRaw("numberOfInstances", Number(mapping, manifest.Series.Sum(series => series.Instances.Count)));
        foreach (var code in stated.All("00081032")) Procedure(mapping, study, code.Item);
        mapping.Set(study, "description", stated.First("00081030"));
        foreach (var tag in (string[])["00201206", "00201208", "00080061"]) Drop(mapping, stated, tag, ManifestNote.Counted);
        Drop(mapping, stated, "00080005", ManifestNote.CharacterSet);
        foreach (var one in manifest.Series) Series(mapping, study, one, offset);
        foreach (var fault in manifest.Faults) study.Item("note").Set("text", mapping.Text($"The report {fault.SopInstanceUid} is kept, and could not be read: {(int)fault.Code} {fault.Code}"));
        return study;
    }

    // The UID may stand in the manifest only, should a sender's study level lack it.
    private static void Identifiers(StudyMapping mapping, FhirNode study)
    {
        var stated = mapping.Manifest.Study;
        study.Item("identifier").Constant("system", "urn:dicom:uid")
            .Set("value", mapping.Text($"urn:oid:{mapping.Manifest.StudyInstanceUid}"), stated.First("0020000D")?.Leaf ?? FhirNode.NoLeaf);
        if (stated.First("00080050") is not { } accession) return;
        Accession(study.Item("identifier")).Set("value", mapping.Text(accession.Text), accession.Leaf);
        if (stated.First("00080051")?.Item is { } issuer) Issuer(mapping, study, issuer);
    }

    // Issuer of Accession Number Sequence: Local Namespace Entity ID.
    private static void Issuer(StudyMapping mapping, FhirNode study, Attributes issuer)
    {
        if (issuer.First("00400031") is not { } name) return;
        foreach (var identifier in study.Items("identifier"))
        {
            if (!identifier.Has("system")) identifier.Set("system", mapping.LocalUri(name.Text), name.Leaf);
        }
    }

    /// <summary>Says of an identifier that it is an accession number.</summary>
    public static FhirNode Accession(FhirNode identifier)
    {
        identifier.ConstantObject("type").ConstantItem("coding").Constant("system", IdentifierTypes).Constant("code", "ACSN");
        return identifier;
    }

    /// <summary>The order, by its accession number: which resource that is, the record finds when it is read.</summary>
    public static void BasedOn(StudyMapping mapping, FhirNode study, AttributeValue? accession)
    {
        if (accession is null) return;
        var order = study.Item("basedOn").Constant("type", "ServiceRequest");
        Accession(order.Object("identifier")).Set("value", mapping.Text(accession.Text), accession.Leaf);
    }

    private static void Modalities(FhirNode study, StudyMapping mapping)
    {
        foreach (var modality in mapping.Manifest.Series.Select(series => series.Attributes.First("00080060")?.Text ?? "OT").Distinct(StringComparer.Ordinal))
            study.Item("modality").Constant("system", CodedConcept.DicomTerms).Set("code", mapping.Text(modality));
    }

    public static void Subject(StudyMapping mapping, FhirNode study, FhirNode patient)
    {
        if (mapping.SubjectId is { } citizen) study.Object("subject").Set("reference", mapping.Text($"Patient/{citizen}"));
        else study.Refer("subject", patient);
    }

    // A name without a number is nobody in the index of professionals: it stands as it was sent.
    private static void Referrer(StudyMapping mapping, FhirNode study)
    {
        if (mapping.Manifest.Study.First("00080090") is not { Name.Count: > 0 } physician) return;
        var referrer = study.Object("referrer");
        referrer.Set("display", mapping.Text(string.Join(' ', physician.Name.Select(group => string.Join(' ', group.Text.Split('^', StringSplitOptions.RemoveEmptyEntries))))));
        foreach (var group in physician.Name) referrer.AlsoFrom("display", group.Leaf);
    }

    private static void Procedure(StudyMapping mapping, FhirNode study, Attributes? code)
    {
        if (code is not null && CodedConcept.CodeOf(code) is not null) CodedConcept.Set(mapping, study.Item("procedureCode"), code);
    }

    private static void Series(StudyMapping mapping, FhirNode study, ManifestSeries of, AttributeValue? offset)
    {
        var stated = of.Attributes;
        var series = study.Item("series");
        mapping.Set(series, "uid", stated.First("0020000E"));
        mapping.SetNumber(series, "number", stated.First("00200011"));
        var modality = series.Object("modality").Constant("system", CodedConcept.DicomTerms);
        if (stated.First("00080060") is { } code) mapping.Set(modality, "code", code);
        else modality.Set("code", "OT");
        mapping.Set(series, "description", stated.First("0008103E"));
        series.SetRaw("numberOfInstances", Number(mapping, of.Instances.Count));
        // A defined term of DICOM, without a code of its own: the text is kept, and none is guessed.
        if (stated.First("00180015") is { } part) series.Object("bodySite").Set("display", mapping.Text(part.Text), part.Leaf);
        Laterality(mapping, series, stated.First("00200060"));
        mapping.SetTime(series, "started", stated.First("00080021"), stated.First("00080031"), stated.First("00080201") ?? offset);
        Drop(mapping, stated, "00201209", ManifestNote.Counted);
        foreach (var one in of.Instances) Instance(mapping, series, one);
    }

    private static void Laterality(StudyMapping mapping, FhirNode series, AttributeValue? side)
    {
        var (code, display) = side?.Text.Trim() switch { "L" => ("7771000", "Left"), "R" => ("24028007", "Right"), _ => (null, null) };
        if (code is null) mapping.Note(side, ManifestNote.NoCode);
        else series.Object("laterality").Constant("system", CodedConcept.Snomed).Set("code", code, side!.Leaf).Constant("display", display!);
    }

    private static void Instance(StudyMapping mapping, FhirNode series, Attributes stated)
    {
        var instance = series.Item("instance");
        mapping.Set(instance, "uid", stated.First("00080018"));
        if (stated.First("00080016") is { } type)
            instance.Object("sopClass").Constant("system", "urn:ietf:rfc:3986").Set("code", mapping.Text($"urn:oid:{type.Text}"), type.Leaf);
        mapping.SetNumber(instance, "number", stated.First("00200013"));
        // Document Title, else what the Concept Name Code Sequence of a report means.
        var title = stated.First("00420010");
        var concept = stated.First("0040A043")?.Item?.First("00080104");
        mapping.Set(instance, "title", title ?? concept);
        if (title is not null) mapping.Note(concept, ManifestNote.NoRoom);
    }

    // SOP Common: it may stand on any level that the hub files.
    public static AttributeValue? Offset(Manifest manifest) =>
        manifest.Study.First("00080201")
        ?? manifest.Series.Select(series => series.Attributes.First("00080201") ?? series.Instances.Select(instance => instance.First("00080201")).FirstOrDefault(value => value is not null))
            .FirstOrDefault(value => value is not null);

    private static void Drop(StudyMapping mapping, Attributes stated, string tag, string note)
    {
        foreach (var value in stated.All(tag)) mapping.Note(value, note);
    }

    private static FhirText Number(StudyMapping mapping, int number) => mapping.Text(number.ToString(CultureInfo.InvariantCulture));
}
