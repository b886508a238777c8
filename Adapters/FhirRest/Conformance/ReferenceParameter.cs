namespace EHealthPlus.Adapters.FhirRest.Conformance;

/// <summary>A reference that searches can follow: with _include from its own type, with _revinclude from one of its targets.</summary>
/// <param name="Name">FHIR R4's search parameter, such as result.</param>
/// <param name="Path">The element that holds it, such as participant.individual; lists are gone through.</param>
/// <param name="Targets">The served types that it can point to.</param>
internal sealed record ReferenceParameter(string Type, string Name, string Path, IReadOnlyList<string> Targets)
{
    // name, then =path where the element is not called as the parameter, then >targets.
    private static readonly Dictionary<string, string> Stated = new(StringComparer.Ordinal)
    {
        ["Encounter"] = "subject>Patient appointment>Appointment part-of>Encounter based-on>ServiceRequest diagnosis=diagnosis.condition>Condition|Procedure participant=participant.individual>Practitioner|PractitionerRole|RelatedPerson location=location.location>Location service-provider>Organization account>Account episode-of-care>EpisodeOfCare",
        ["EpisodeOfCare"] = "patient>Patient organization=managingOrganization>Organization care-manager>Practitioner|PractitionerRole condition=diagnosis.condition>Condition",
        ["Condition"] = "subject>Patient encounter>Encounter asserter>Practitioner|PractitionerRole|RelatedPerson",
        ["Procedure"] = "subject>Patient encounter>Encounter based-on>ServiceRequest performer=performer.actor>Practitioner|PractitionerRole|Organization location>Location",
        ["AllergyIntolerance"] = "patient>Patient recorder>Practitioner|PractitionerRole|RelatedPerson asserter>Practitioner|PractitionerRole|RelatedPerson",
        ["RelatedPerson"] = "patient>Patient",
        ["Coverage"] = "patient=beneficiary>Patient beneficiary>Patient policy-holder>Organization|RelatedPerson subscriber>RelatedPerson|Patient payor>Organization|RelatedPerson|Patient",
        ["ServiceRequest"] = "subject>Patient encounter>Encounter requester>Practitioner|PractitionerRole|Organization performer>Practitioner|PractitionerRole|Organization specimen>Specimen based-on>ServiceRequest|MedicationRequest|CarePlan",
        ["Specimen"] = "subject>Patient collector=collection.collector>Practitioner|PractitionerRole parent>Specimen",
        ["DiagnosticReport"] = "subject>Patient encounter>Encounter result>Observation specimen>Specimen based-on>ServiceRequest performer>Practitioner|PractitionerRole|Organization results-interpreter>Practitioner|PractitionerRole|Organization",
        ["ImagingStudy"] = "subject>Patient endpoint>Endpoint encounter>Encounter basedon=basedOn>ServiceRequest referrer>Practitioner|PractitionerRole",
        ["Observation"] = "subject>Patient encounter>Encounter specimen>Specimen based-on>ServiceRequest performer>Practitioner|PractitionerRole|Organization device>Device has-member>Observation derived-from>Observation|DocumentReference|ImagingStudy",
        ["DocumentReference"] = "subject>Patient encounter=context.encounter>Encounter author>Practitioner|PractitionerRole|Organization authenticator>Practitioner|PractitionerRole|Organization custodian>Organization relatesto=relatesTo.target>DocumentReference",
        ["Appointment"] = "patient=participant.actor>Patient practitioner=participant.actor>Practitioner location=participant.actor>Location slot>Slot based-on>ServiceRequest",
        ["AppointmentResponse"] = "appointment>Appointment actor>Patient|Practitioner|PractitionerRole|Location",
        ["Schedule"] = "actor>Practitioner|PractitionerRole|Location|Device",
        ["Slot"] = "schedule>Schedule",
        ["CarePlan"] = "subject>Patient encounter>Encounter goal>Goal condition=addresses>Condition care-team>CareTeam activity-reference=activity.reference>ServiceRequest|Task|Appointment",
        ["Goal"] = "subject>Patient",
        ["CareTeam"] = "subject>Patient encounter>Encounter participant=participant.member>Practitioner|PractitionerRole|RelatedPerson|Organization",
        ["Task"] = "patient=for>Patient subject=for>Patient encounter>Encounter focus>ServiceRequest requester>Practitioner|PractitionerRole|Organization owner>Practitioner|PractitionerRole|Organization",
        ["Communication"] = "subject>Patient encounter>Encounter sender>Practitioner|PractitionerRole|Organization recipient>Practitioner|PractitionerRole|Organization",
        ["MedicationRequest"] = "subject>Patient encounter>Encounter medication=medicationReference>Medication requester>Practitioner|PractitionerRole|Organization",
        ["MedicationDispense"] = "subject>Patient context>Encounter prescription=authorizingPrescription>MedicationRequest medication=medicationReference>Medication performer=performer.actor>Practitioner|PractitionerRole|Organization",
        ["MedicationAdministration"] = "subject>Patient context>Encounter request>MedicationRequest medication=medicationReference>Medication performer=performer.actor>Practitioner|PractitionerRole",
        ["Immunization"] = "patient>Patient performer=performer.actor>Practitioner|PractitionerRole|Organization location>Location manufacturer>Organization",
        ["ImmunizationRecommendation"] = "patient>Patient",
        ["Account"] = "subject>Patient owner>Organization",
        ["ChargeItem"] = "subject>Patient context>Encounter account>Account performer-actor=performer.actor>Practitioner|PractitionerRole|Organization performing-organization>Organization requesting-organization>Organization service>Procedure|Observation|DiagnosticReport",
        ["Claim"] = "patient>Patient provider>Practitioner|PractitionerRole|Organization encounter=item.encounter>Encounter",
        ["PractitionerRole"] = "practitioner>Practitioner organization>Organization location>Location",
        ["Organization"] = "partof=partOf>Organization",
        ["Location"] = "partof=partOf>Location organization=managingOrganization>Organization",
        ["Provenance"] = "target>Patient|Encounter|Observation|ImagingStudy|DiagnosticReport|ServiceRequest|Condition|Procedure|DocumentReference agent=agent.who>Practitioner|PractitionerRole|Organization location>Location",
        ["Flag"] = "subject>Patient encounter>Encounter author>Practitioner|PractitionerRole|Organization",
        ["ResearchSubject"] = "individual>Patient study>ResearchStudy",
        ["Basic"] = "subject>Patient author>Practitioner|PractitionerRole|Organization",
    };

    /// <summary>Every one, by the type that holds it.</summary>
    public static readonly ILookup<string, ReferenceParameter> ByType = Stated.SelectMany(pair => Read(pair.Key, pair.Value)).ToLookup(reference => reference.Type, StringComparer.Ordinal);

    /// <summary>Those that point to a type.</summary>
    public static IEnumerable<ReferenceParameter> To(string type) => ByType.SelectMany(references => references).Where(reference => reference.Targets.Contains(type));

    /// <summary>As _include names it: Observation:subject.</summary>
    public override string ToString() => $"{Type}:{Name}";

    private static IEnumerable<ReferenceParameter> Read(string type, string stated)
    {
        foreach (var one in stated.Split(' '))
        {
            var (element, targets) = (one[..one.IndexOf('>', StringComparison.Ordinal)], one[(one.IndexOf('>', StringComparison.Ordinal) + 1)..].Split('|'));
            var (name, path) = element.Split('=') is [var own, var other] ? (own, other) : (element, ElementOf(element));
            yield return new(type, name, path, targets);
            // R4 gives both names where the subject is a patient.
            if (name == "subject" && !stated.StartsWith("patient", StringComparison.Ordinal)) yield return new(type, "patient", path, targets);
        }
    }

    // based-on is basedOn.
    private static string ElementOf(string name) => string.Concat(name.Split('-').Select((word, at) => at == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));
}
