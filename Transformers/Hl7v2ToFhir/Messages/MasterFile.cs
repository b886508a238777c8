using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Segments;
using EHealthPlus.Transformers.Hl7v2ToFhir.Segments.MasterFile;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>
/// MFN_M02 (staff and practitioners, HL7 v2.8.2 8.7.1) and MFN_M05 (locations, 8.9.1): one record after another, each begun by its MFE.
/// </summary>
internal static class MasterFile
{
    public static void MapStaff(Mapping mapping)
    {
        var header = MshMessageHeader.Map(mapping);
        MasterFileRecord? record = null;
        FhirNode practitioner = default;
        StaffRole? roles = null;
        foreach (var segment in mapping.Segments)
        {
            switch (segment.Name)
            {
                case "MFE":
                    (record, practitioner, roles) = (new(segment), default, null);
                    break;
                case "STF" when record is not null:
                    practitioner = StfPractitioner.Map(segment, record);
                    roles = new(practitioner, record);
                    var practice = PracticeOf(mapping, segment);
                    roles.Employment(segment, practice);
                    Qualification.Practice(practice, practitioner);
                    header.ReferItem("focus", practitioner);
                    record.Vouch(practitioner);
                    break;
                case "ORG" when roles is not null:
                    roles.Unit(segment);
                    break;
                case "AFF" when practitioner.Exists:
                    Qualification.Affiliation(segment, practitioner);
                    break;
                case "LAN" when practitioner.Exists:
                    Qualification.Language(segment, practitioner);
                    break;
                case "EDU" when practitioner.Exists:
                    Qualification.Degree(segment, practitioner);
                    break;
                case "CER" when practitioner.Exists:
                    Qualification.Certificate(segment, practitioner);
                    break;
                default:
                    break;
            }
        }
    }

    public static void MapLocations(Mapping mapping)
    {
        var header = MshMessageHeader.Map(mapping);
        MasterFileRecord? record = null;
        LocLocation? place = null;
        foreach (var segment in mapping.Segments)
        {
            switch (segment.Name)
            {
                case "MFE":
                    (record, place) = (new(segment), null);
                    break;
                case "LOC" when record is not null:
                    place = new(segment, record);
                    header.ReferItem("focus", place.Location);
                    record.Vouch(place.Location);
                    break;
                case "LCH" when place is not null:
                    place.Characterise(segment);
                    break;
                case "LRL" when place is not null:
                    place.Relate(segment);
                    break;
                case "LDP" when place is not null:
                    place.Department(segment, record!);
                    break;
                default:
                    break;
            }
        }
    }

    // PRA belongs to the STF before it.
    private static SegmentValue PracticeOf(Mapping mapping, SegmentValue stf)
    {
        for (var at = stf.Index + 1; at < mapping.Segments.Count && mapping.Segments[at].Name is not ("MFE" or "STF"); at++)
        {
            if (mapping.Segments[at].Name == "PRA") return mapping.Segments[at];
        }

        return default;
    }
}
