namespace EHealthPlus.Transformers.Terminology.CodeSystems;

/// <summary>A code system that HL7 v2 messages name and FHIR gives a URI.</summary>
/// <param name="Uri">FHIR R4 4.3.0; HL7 Terminology where that has none.</param>
/// <param name="Oid">Empty where it has none in use.</param>
/// <param name="Names">HL7 table 0396, and the spellings that senders use beside it.</param>
internal sealed record KnownCodeSystem(string Uri, string Oid, params string[] Names)
{
    public static readonly IReadOnlyList<KnownCodeSystem> All =
    [
        new("http://loinc.org", "2.16.840.1.113883.6.1", "LN", "LOINC", "LOINC.ORG"),
        new("http://snomed.info/sct", "2.16.840.1.113883.6.96", "SCT", "SNM-CT", "SNOMED-CT", "SNOMED CT", "SNOMEDCT"),
        new("http://unitsofmeasure.org", "2.16.840.1.113883.6.8", "UCUM"),
        new("http://hl7.org/fhir/sid/icd-9-cm", "2.16.840.1.113883.6.103", "I9C", "I9CDX", "ICD9CM", "ICD-9-CM"),
        new("http://hl7.org/fhir/sid/icd-10", "2.16.840.1.113883.6.3", "I10", "ICD10", "ICD-10"),
        new("http://hl7.org/fhir/sid/icd-10-cm", "2.16.840.1.113883.6.90", "I10C", "ICD10CM", "ICD-10-CM"),
        new("http://www.cms.gov/Medicare/Coding/ICD10", "2.16.840.1.113883.6.4", "I10P", "ICD10PCS", "ICD-10-PCS"),
        new("http://terminology.hl7.org/CodeSystem/icd-o-3", "2.16.840.1.113883.6.43.1", "ICDO3"),
        new("http://hl7.org/fhir/sid/icpc-2", "2.16.840.1.113883.6.139", "ICPC2"),
        new("http://www.ama-assn.org/go/cpt", "2.16.840.1.113883.6.12", "C4", "C5", "CPT", "CPT4"),
        new("http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets", "2.16.840.1.113883.6.285", "HCPCS", "HPC"),
        new("http://hl7.org/fhir/sid/ndc", "2.16.840.1.113883.6.69", "NDC"),
        new("http://www.nlm.nih.gov/research/umls/rxnorm", "2.16.840.1.113883.6.88", "RXNORM"),
        new("http://www.whocc.no/atc", "2.16.840.1.113883.6.73", "WC", "WHOATC"),
        new("http://fdasis.nlm.nih.gov", "2.16.840.1.113883.4.9", "UNII"),
        new("http://hl7.org/fhir/sid/cvx", "2.16.840.1.113883.12.292", "CVX"),
        new("http://hl7.org/fhir/sid/mvx", "2.16.840.1.113883.12.227", "MVX"),
        new("http://dicom.nema.org/resources/ontology/DCM", "1.2.840.10008.2.16.4", "DCM"),
        new("urn:iso:std:iso:11073:10101", "2.16.840.1.113883.6.24", "MDC"),
        new("urn:iso:std:iso:3166", "1.0.3166.1.2.2", "ISO3166_1", "ISO3166", "ISO3166-1"),
        new("urn:iso:std:iso:3166:-2", "1.0.3166.2.2.1", "ISO3166_2", "ISO3166-2"),
        new("urn:iso:std:iso:4217", "2.16.840.1.113883.6.9", "ISO4217"),
        new("urn:ietf:bcp:47", "2.16.840.1.113883.6.121", "BCP47", "RFC3066"),
        new("http://terminology.hl7.org/CodeSystem/v3-ActCode", "2.16.840.1.113883.5.4", "ACTCODE"),
        new("http://terminology.hl7.org/CodeSystem/v3-NullFlavor", "2.16.840.1.113883.5.1008", "NULLFL"),
        new("http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", "2.16.840.1.113883.5.83", "ObservationInterpretation"),
        new("http://terminology.hl7.org/CodeSystem/v3-Race", "2.16.840.1.113883.5.104"),
        new("urn:oid:2.16.840.1.113883.6.238", "2.16.840.1.113883.6.238", "CDCREC"),
        new("http://nucc.org/provider-taxonomy", "2.16.840.1.113883.6.101", "NUCC", "NUCCPT"),
    ];
}
