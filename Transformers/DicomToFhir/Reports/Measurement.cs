using System.Globalization;
using System.Text.RegularExpressions;
using EHealthPlus.Transformers.DicomToFhir.Ledger;
using EHealthPlus.Transformers.DicomToFhir.Reading;
using EHealthPlus.Transformers.DicomToFhir.Resources;
using EHealthPlus.Transformers.Fhir.Building;

namespace EHealthPlus.Transformers.DicomToFhir.Reports;

/// <summary>
/// A NUM item (PS3.3-2024 C.18.1) as Observation. In a measurement group (PS3.16-2024 TID 1411, 1501) finding site, method and tracking identifier of
/// the group hold for each of its measurements.
/// </summary>
/// <param name="Part">What names it within its document: lesion, concept, and which of several alike. The same in a corrected one.</param>
internal sealed partial record Measurement(ContentItem Item, ContentItem? Site, ContentItem? Method, ContentItem? Tracking, string Part)
{
    /// <summary>Of one document. What is beyond is in its narrative.</summary>
    private const int Most = 500;

    public static IReadOnlyList<Measurement> Of(StudyDocument document)
    {
        var found = new List<Measurement>();
        Walk(document.Content, new(null, null, null), found, []);
        return found;
    }

    public FhirNode Map(StudyMapping mapping, DocumentChain chain, string status, FhirNode study, FhirNode patient, AttributeValue? offset)
    {
        var observation = mapping.Arena.Resource("Observation");
        observation.ConstantText("id", mapping.Text(ReportKey.Of(mapping, "Observation", chain.Root, Part)));
        if (Tracking?.Attributes.First("0040A124") is { } lesion) observation.Item("identifier").Constant("system", "urn:dicom:uid").Set("value", mapping.Text($"urn:oid:{lesion.Text}"), lesion.Leaf);
        observation.Set("status", status);
        observation.ConstantItem("category").ConstantItem("coding").Constant("system", "http://terminology.hl7.org/CodeSystem/observation-category").Constant("code", "imaging");
        CodedConcept.Set(mapping, observation.Object("code"), Item.Concept);
        // R4 Observation.code is 1..1.
        if (!observation.Find("code").Populated) observation.Object("code").Set("text", "Measurement");
        ImagingStudyResource.Subject(mapping, observation, patient);
        if (!mapping.SetDateTime(observation, "effectiveDateTime", Item.Attributes.First("0040A032"), offset, instant: false))
        {
            mapping.SetTime(observation, "effectiveDateTime", mapping.Manifest.Study.First("00080020"), mapping.Manifest.Study.First("00080030"), ImagingStudyResource.Offset(mapping.Manifest));
        }

        Value(mapping, observation);
        if (Site?.Attributes.First("0040A168")?.Item is { } site) CodedConcept.Set(mapping, observation.Object("bodySite"), site);
        if (Method?.Attributes.First("0040A168")?.Item is { } method) CodedConcept.Set(mapping, observation.Object("method"), method);
        observation.ReferItem("derivedFrom", study);
        return observation;
    }

    private static void Walk(ContentItem item, Group group, List<Measurement> found, Dictionary<string, int> alike)
    {
        group = group.With(item.Children);
        if (item.ValueType == "NUM" && found.Count < Most)
        {
            var lesion = (group.Tracking?.Attributes.First("0040A124") ?? group.Tracking?.Attributes.First("0040A160"))?.Text ?? "";
            var name = $"{lesion}|{(item.Concept is { } concept ? $"{concept.Text("00080102")}|{CodedConcept.CodeOf(concept)?.Text}" : "")}";
            var number = alike[name] = alike.GetValueOrDefault(name) + 1;
            found.Add(new(item, group.Site, group.Method, group.Tracking, string.Create(CultureInfo.InvariantCulture, $"{name}|{number}")));
        }

        foreach (var child in item.Children) Walk(child, group, found, alike);
    }

    private void Value(StudyMapping mapping, FhirNode observation)
    {
        var measured = Item.Attributes.First("0040A300")?.Item;
        if (measured?.First("0040A30A") is { } number)
        {
            if (Decimal(number.Text) is not { } read)
            {
                mapping.Note(number, ManifestNote.NotANumber);
                return;
            }

            var quantity = observation.Object("valueQuantity");
            quantity.SetRaw("value", mapping.Text(read), number.Leaf);
            if (measured.First("004008EA")?.Item is not { } unit) return;
            mapping.Set(quantity, "unit", CodedConcept.MeaningOf(unit));
            if (CodedConcept.CodeOf(unit) is not { } code) return;
            CodedConcept.System(mapping, quantity, unit);
            mapping.Set(quantity, "code", code);
        }
        else if (Item.Attributes.First("0040A301")?.Item is { } qualifier) CodedConcept.Set(mapping, observation.Object("dataAbsentReason"), qualifier);
    }

    // A DS may have a plus and leading zeros, which JSON has not; digits stay as they are: 1.50 is 1.50.
    private static string? Decimal(string stated)
    {
        var text = stated.Trim();
        if (JsonNumber().IsMatch(text)) return text;
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number.ToString(CultureInfo.InvariantCulture) : null;
    }

    [GeneratedRegex("^-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]{1,3})?$")]
    private static partial Regex JsonNumber();

    private sealed record Group(ContentItem? Site, ContentItem? Method, ContentItem? Tracking)
    {
        public Group With(IReadOnlyList<ContentItem> children) => new(
            Last(children, Site, ("SCT", "363698007"), ("SRT", "G-C0E3")), Last(children, Method, ("SCT", "370129005"), ("SRT", "G-C036")),
            Last(children, Last(children, Tracking, ("DCM", "112039")), ("DCM", "112040")));

        private static ContentItem? Last(IReadOnlyList<ContentItem> children, ContentItem? above, params ReadOnlySpan<(string Scheme, string Code)> names)
        {
            foreach (var child in children)
            {
                foreach (var (scheme, code) in names)
                {
                    if (child.Names(scheme, code)) return child;
                }
            }

            return above;
        }
    }
}
