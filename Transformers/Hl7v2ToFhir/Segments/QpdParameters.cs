using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>
/// QPD, RCP and QAK as Parameters: what is asked for, how it is to be answered, and what came of it (HL7 v2.8.2 5.5.3, 5.5.5, 5.5.2; no
/// official map). The parameters of the immunization queries Z34 and Z44 have their names and types (CDC implementation guide 1.5); those
/// of any other query are text under the number of their field.
/// </summary>
internal static class QpdParameters
{
    /// <returns>No node where the message has no query.</returns>
    public static FhirNode Map(Mapping mapping)
    {
        var (qpd, rcp, qak) = (mapping.First("QPD"), mapping.First("RCP"), mapping.First("QAK"));
        if (!qpd.Exists && !qak.Exists) return default;
        var parameters = mapping.Resources.BeginShared("Parameters", WriteMode.MessageOnly);
        mapping.Resources.Own(parameters, mapping.Resources.Key("Parameters").Add(mapping.ControlId));
        Concept(parameters, "MessageQueryName", qpd[1].HasValue ? qpd[1] : qak[3]); // QPD-1 QAK-3
        Text(parameters, "QueryTag", qpd[2].HasValue ? qpd[2] : qak[1]); // QPD-2 QAK-1
        if (qpd[1].HasValue && qak[3].HasValue && qak[3].First[1].Is(qpd[1].First[1].Utf8)) qak[3].Drop(Ledger.DropRule.SameAsOther);
        if (qpd[2].HasValue && qak[1].First.Is(qpd[2].First.Utf8)) qak[1].Drop(Ledger.DropRule.SameAsOther);
        if (qpd[1].First[1].IsOneOf("Z34"u8, "Z44"u8)) Person(parameters, qpd);
        else Others(parameters, qpd);
        Text(parameters, "QueryPriority", rcp[1]); // RCP-1
        if (rcp[2].HasValue) Quantities.SetQuantity(parameters.Item("parameter").Constant("name", "QuantityLimitedRequest"), "valueQuantity", rcp[2]); // RCP-2
        Concept(parameters, "ResponseModality", rcp[3]); // RCP-3
        Text(parameters, "QueryResponseStatus", qak[2]); // QAK-2
        Text(parameters, "HitCount", qak[4]); // QAK-4
        Text(parameters, "ThisPayload", qak[5]); // QAK-5
        Text(parameters, "HitsRemaining", qak[6]); // QAK-6
        return parameters;
    }

    private static void Person(FhirNode parameters, SegmentValue qpd)
    {
        foreach (var cx in qpd[3]) // QPD-3 CX[Identifier]
        {
            if (cx.HasValue) Cx.ToIdentifier(Parameter(parameters, "PatientList").Object("valueIdentifier"), cx);
        }

        foreach (var xpn in qpd[4]) Name(parameters, "PatientName", xpn); // QPD-4 XPN[HumanName]
        foreach (var xpn in qpd[5]) Name(parameters, "PatientMotherMaidenName", xpn); // QPD-5 XPN[HumanName]
        Parameter(parameters, "PatientDateOfBirth").SetDateTime("valueDateTime", qpd[6]); // QPD-6
        Text(parameters, "PatientSex", qpd[7]); // QPD-7
        foreach (var xad in qpd[8]) // QPD-8 XAD[Address]
        {
            if (xad.HasValue) Xad.ToAddress(Parameter(parameters, "PatientAddress").Object("valueAddress"), xad);
        }

        foreach (var xtn in qpd[9]) // QPD-9 XTN[ContactPoint]
        {
            if (xtn.HasValue) Xtn.ToContactPoint(Parameter(parameters, "PatientHomePhone").Object("valueContactPoint"), xtn);
        }

        Text(parameters, "PatientMultipleBirthIndicator", qpd[10]); // QPD-10
        Text(parameters, "PatientBirthOrder", qpd[11]); // QPD-11
        Parameter(parameters, "ClientLastUpdatedDate").SetDateTime("valueDateTime", qpd[12]); // QPD-12
        if (qpd[13].HasValue) Parameter(parameters, "ClientLastUpdateFacility").SetJoined("valueString", "^"u8, qpd[13].First); // QPD-13
    }

    private static void Others(FhirNode parameters, SegmentValue qpd)
    {
        for (var field = 3; field <= 32; field++)
        {
            foreach (var value in qpd[field])
            {
                if (value.HasValue) Parameter(parameters, $"QPD-{field}").SetJoined("valueString", "^"u8, value);
            }
        }
    }

    private static void Name(FhirNode parameters, string name, Value xpn)
    {
        if (xpn.HasValue) Xpn.ToHumanName(Parameter(parameters, name).Object("valueHumanName"), xpn);
    }

    private static void Concept(FhirNode parameters, string name, FieldValue field)
    {
        if (field.HasValue) Parameter(parameters, name).SetConcept("valueCodeableConcept", field);
    }

    private static void Text(FhirNode parameters, string name, FieldValue field)
    {
        if (field.HasValue) Parameter(parameters, name).SetText("valueString", field);
    }

    // A parameter without a value is not written.
    private static FhirNode Parameter(FhirNode parameters, string name) => parameters.Item("parameter").Constant("name", name);
}
