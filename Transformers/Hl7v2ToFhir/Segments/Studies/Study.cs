using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Studies;

/// <summary>
/// CSR as ResearchStudy and ResearchSubject: the patient's part in a clinical trial (HL7 v2.8.2 7.8.1). No official map. R4 knows no
/// phase and no time point of one subject (CSP, CSS): these are carried.
/// </summary>
internal sealed class Study(Mapping mapping)
{
    private const string Extension = "http://hl7.org/fhir/StructureDefinition/workflow-researchStudy";

    private FhirNode study;

    public void Take(SegmentValue segment)
    {
        if (segment.Name != "CSR") return;
        study = ToStudy(segment);
        ToSubject(segment);
    }

    /// <summary>Says of a report which study it is for.</summary>
    public void Claim(FhirNode report)
    {
        if (study.Exists && report.Exists) report.Extension(Extension).Refer("valueReference", study);
    }

    private FhirNode ToStudy(SegmentValue csr)
    {
        if (!csr[1].HasValue) return default;
        var investigator = Xcn.ToPractitioner(csr[8]);
        var made = mapping.Resources.BeginMentioned("ResearchStudy");
        Ei.ToIdentifier(made.Item("identifier"), csr[1]);
        if (csr[2].HasValue) Ei.ToIdentifier(made.Item("identifier"), csr[2]);
        made.Constant("status", "active");
        made.Refer("principalInvestigator", investigator);
        var number = csr[1].First;
        return mapping.Resources.Share(made, mapping.Resources.Key("ResearchStudy").Add(number[1]).Add(number[2]).Add(number[3]));
    }

    // C10: the patient has completed the trial (HL7 v2.8.2 7.7.2).
    private void ToSubject(SegmentValue csr)
    {
        if (!study.Exists) return;
        var subject = mapping.Resources.Begin("ResearchSubject", SharingCategory.OtherInvestigationReports);
        mapping.Resources.Own(subject, mapping.Resources.Key("ResearchSubject").Add(study.Utf8Of("id")).Add(csr[4].First[1]).Add(mapping.Patient.Utf8Of("id")));
        subject.AddIdentifiers("identifier", csr[4]);
        subject.AddIdentifiers("identifier", csr[5]);
        if (csr[15].HasValue) subject.Set("status", "off-study", csr[15].First.Leaf);
        else subject.Set("status", mapping.Segments[0][9].First[2].Is("C10"u8) ? "off-study" : "on-study");
        subject.Object("period").SetDateTime("start", csr[6]);
        subject.Object("period").SetDateTime("end", csr[15]);
        subject.Refer("study", study);
        mapping.ReferToSubject(subject, "individual");
        foreach (var arm in csr[12])
        {
            if (Cwe.SetString(subject, "assignedArm", arm)) break;
        }
    }
}
