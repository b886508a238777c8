using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Fhir.Merging;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>PID[Patient]: the source's own view of the patient, linked to the citizen's Patient where the hub knows that one.</summary>
public static class PidPatient
{
    private const string Extensions = "http://hl7.org/fhir/StructureDefinition/";

    // What "" in a field takes out of the record.
    private static readonly (int Field, string Element)[] Nulls =
    [
        (5, "name:"), (5, "name:usual"), (5, "name:maiden"), (5, "name:old"), (5, "name:temp"), (5, "name:anonymous"), (6, Extension("patient-mothersMaidenName")), (7, "birthDate"),
        (8, "gender"), (9, "name:nickname"), (11, "address"), (12, "address.district"), (13, "telecom:home"), (14, "telecom:work"), (15, "communication"), (16, "maritalStatus"),
        (17, Extension("patient-religion")), (19, "identifier:SB"), (20, "identifier:DL"), (23, Extension("patient-birthPlace")), (24, "multipleBirth"), (25, "multipleBirth"),
        (26, Extension("patient-citizenship")), (28, Extension("patient-nationality")), (29, "deceased"), (30, "deceased"), (35, Extension("patient-animal")),
        (36, Extension("patient-animal")), (39, Extension("patient-citizenship")),
    ];

    // Kinds of numbers that neither PID-13 nor PID-14 makes where XTN.2 says nothing.
    private static readonly string[] OtherContacts = ["mobile", "old", "temp", "phone", "fax", "email", "pager", "url", "sms", "other"];

    /// <param name="mode">Merge for an ADT update, CreateIfAbsent where the message is about something else.</param>
    public static FhirNode Map(SegmentValue pid, WriteMode mode)
    {
        if (!pid.Exists) return default;
        var mapping = pid.Mapping;
        mapping.EnterPatient(pid);
        var patient = mapping.Resources.Begin("Patient", SharingCategory.PersonalParticulars, mode);
        pid[1].Drop(DropRule.SetId);
        patient.AddIdentifiers("identifier", pid[2]); // PID-2 CX[Identifier]
        patient.AddIdentifiers("identifier", pid[3]); // PID-3 CX[Identifier]
        patient.AddIdentifiers("identifier", pid[4]); // PID-4 CX[Identifier]
        Numbers(patient, pid);
        patient.AddNames("name", pid[5]); // PID-5 XPN[HumanName]
        // So that it is told from the names of PID-5.
        patient.AddNames("name", pid[9], use: "nickname"); // PID-9 XPN[HumanName]
        BirthDate(patient, pid);
        patient.SetMapped("gender", pid[8], TableMaps.AdministrativeSex); // PID-8 CWE[code]
        Addresses(patient, pid);
        patient.AddContacts("telecom", pid[13], use: "home"); // PID-13 XTN[ContactPoint]
        patient.AddContacts("telecom", pid[14], use: "work"); // PID-14 XTN[ContactPoint]
        patient.AddContacts("telecom", pid[40]); // PID-40 XTN[ContactPoint]
        if (pid[15].HasValue) patient.Item("communication").SetConcept("language", pid[15], TableMaps.PrimaryLanguage); // PID-15 CWE[CodeableConcept]
        patient.SetConcept("maritalStatus", pid[16], TableMaps.MaritalStatus); // PID-16 CWE[CodeableConcept]
        Births(patient, pid);
        Death(patient, pid);
        Attributes(patient, pid);
        ReferToCitizen(mapping, patient);

        // The same patient stands in several PIDs where several numbers are merged into his.
        mapping.Patient = mapping.Resources.ShareOnce(patient, PatientKey.Of(pid));
        Delete(mapping.Patient, pid);
        if (pid[21].First[1].Leaf >= 0) PidMother.Map(pid); // PID-21 CX[RelatedPerson-Mother]
        return mapping.Patient;
    }

    /// <summary>Links a source's Patient to the citizen's in the index, where there is one.</summary>
    internal static void ReferToCitizen(Mapping mapping, FhirNode patient)
    {
        if (mapping.SubjectId is not { } subject) return;
        var link = patient.ConstantItem("link");
        link.ConstantObject("other").Constant("reference", $"Patient/{subject}");
        link.Constant("type", "refer");
    }

    private static string Extension(string name) => ResourceMerge.ExtensionPrefix + Extensions + name;

    private static void Delete(FhirNode patient, SegmentValue pid)
    {
        var resources = pid.Mapping.Resources;
        resources.Nulls(patient, pid, Nulls);
        // Before PID-40 came with v2.7 all that is not at work was told in PID-13.
        if (pid[13].IsNull && string.CompareOrdinal(pid.Mapping.Segments[0][12].First.Text, "2.7") < 0) Others(pid[13]);
        if (pid[40].IsNull) Others(pid[40]);

        void Others(FieldValue field)
        {
            foreach (var kind in OtherContacts) resources.Nulls(patient, field, $"telecom:{kind}");
        }
    }

    private static void Numbers(FhirNode patient, SegmentValue pid)
    {
        if (pid[19].First.Leaf >= 0)
        {
            // The official map says us-ssn, or what the jurisdiction uses: here the number is the source's word for a social number.
            var social = patient.Item("identifier");
            Cx.ConstantType(social, "SB");
            social.ConstantText("system", LocalUri.Of(pid.Mapping, "PID-19"u8));
            social.SetText("value", pid[19]); // PID-19 identifier[4].value
        }

        Value licence = pid[20];
        if (licence[1].Leaf < 0) return;
        var driver = patient.Item("identifier");
        Cx.ConstantType(driver, "DL");
        driver.SetText("value", licence[1]); // PID-20 DLN[Identifier] DLN.1
        if (licence[2].Leaf >= 0) driver.Set("system", LocalUri.Of(pid.Mapping, licence[2].Utf8), licence[2].Leaf); // DLN.2
        driver.Object("period").SetDateTime("end", licence[3]); // DLN.3
    }

    private static void BirthDate(FhirNode patient, SegmentValue pid)
    {
        var field = pid[7];
        patient.SetDate("birthDate", field); // PID-7 birthDate
        if (field.First.Utf8.Length > 8) // PID-7 LENGTH GREATER THAN 8
            patient.Object("_birthDate").Extension(Extensions + "patient-birthTime").SetDateTime("valueDateTime", field); // PID-7 birthDate.extension[1]
    }

    private static void Addresses(FhirNode patient, SegmentValue pid)
    {
        patient.AddAddresses("address", pid[11]); // PID-11 XAD[Address]
        Value county = pid[12];
        if (county.Leaf < 0) return;
        var only = pid[11].Count == 1;
        if (only && pid[11].First[9].HasValue && pid[11].First[9].Is(county.Utf8)) county.Drop(DropRule.SameAsOther); // PID-12 IF PID-11.9 EQUALS PID-12
        else if (only && !pid[11].First[9].HasValue) FirstOf(patient, "address").SetText("district", county); // PID-12 IF PID-11 LST.COUNT EQUALS 1
        else patient.Item("address").SetText("district", county); // PID-12 IF PID-11 LST.COUNT GREATER THAN 1
    }

    private static void Births(FhirNode patient, SegmentValue pid)
    {
        if (!patient.SetPositiveInteger("multipleBirthInteger", pid[25])) patient.SetBoolean("multipleBirthBoolean", pid[24]); // PID-25 PID-24 ID[Boolean]
        else if (pid[24].First.Is("Y"u8)) patient.AlsoFrom("multipleBirthInteger", pid[24].First.Leaf);
        if (pid[23].First.Leaf >= 0) patient.Extension(Extensions + "patient-birthPlace").Object("valueAddress").SetText("text", pid[23]); // PID-23 extension[3]
        if (pid[6].HasValue) Xpn.SetString(patient.Extension(Extensions + "patient-mothersMaidenName"), "valueString", pid[6]); // PID-6 XPN[String]
    }

    private static void Death(FhirNode patient, SegmentValue pid)
    {
        if (!patient.SetDateTime("deceasedDateTime", pid[29])) patient.SetBoolean("deceasedBoolean", pid[30]); // PID-29 PID-30 ID[Boolean]
        else if (pid[30].First.Is("Y"u8)) patient.AlsoFrom("deceasedDateTime", pid[30].First.Leaf);
    }

    private static void Attributes(FhirNode patient, SegmentValue pid)
    {
        if (pid[17].HasValue) patient.Extension(Extensions + "patient-religion").SetConcept("valueCodeableConcept", pid[17], TableMaps.Religion); // PID-17 CWE[CodeableConcept]
        Coded(patient, pid[26], "patient-citizenship", "code"); // PID-26 CWE[CodeableConcept]
        Coded(patient, pid[28], "patient-nationality", "code"); // PID-28 CWE[CodeableConcept]
        Coded(patient, pid[39], "patient-citizenship", "code"); // PID-39 CWE[CodeableConcept]
        Coded(patient, pid[35], "patient-animal", "species"); // PID-35 CWE[CodeableConcept]
        Coded(patient, pid[36], "patient-animal", "breed"); // PID-36 CWE[CodeableConcept]
    }

    private static void Coded(FhirNode patient, FieldValue field, string extension, string part)
    {
        foreach (var value in field)
        {
            if (value.HasValue) patient.Extension(Extensions + extension).Extension(part).SetConcept("valueCodeableConcept", value);
        }
    }

    private static FhirNode FirstOf(FhirNode node, string list)
    {
        foreach (var item in node.Items(list)) return item;
        return node.Item(list);
    }
}
