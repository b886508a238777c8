using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.MasterFile;

/// <summary>
/// STF: a member of staff as Practitioner (HL7 v2.8.2 15.4.8; the official maps have no STF). Its id is the one under which the source's
/// other messages name the person (XCN), so that they all refer to what the master file tells. What the record needs of no practitioner
/// is carried: marital status, race, driving and insurance.
/// </summary>
internal static class StfPractitioner
{
    public static FhirNode Map(SegmentValue stf, MasterFileRecord record)
    {
        var mapping = stf.Mapping;
        var resources = mapping.Resources;
        record.DropRepeatedKey(stf[1]);
        var practitioner = resources.BeginShared("Practitioner", record.Mode);
        Identifiers(practitioner, stf);
        record.SetActive(practitioner, stf[7]); // STF-7 active
        if (!resources.Nulls(practitioner, stf[3], "name")) practitioner.AddNames("name", stf[3]); // STF-3 name
        if (!resources.Nulls(practitioner, stf[10], "telecom")) practitioner.AddContacts("telecom", stf[10]); // STF-10 telecom
        foreach (var mail in stf[15]) // STF-15 telecom
        {
            if (mail.HasValue) practitioner.Item("telecom").Constant("system", "email").SetText("value", mail);
        }

        if (!resources.Nulls(practitioner, stf[11], "address")) practitioner.AddAddresses("address", stf[11]); // STF-11 address
        if (!resources.Nulls(practitioner, stf[5], "gender")) practitioner.SetMapped("gender", stf[5], TableMaps.AdministrativeSex); // STF-5 gender
        if (!resources.Nulls(practitioner, stf[6], "birthDate")) practitioner.SetDate("birthDate", stf[6]); // STF-6 birthDate
        practitioner = resources.Share(practitioner, Key(stf));
        // Where another segment has named the person before, that mention is what stays.
        resources.Of(practitioner).Mode = record.Mode;
        return practitioner;
    }

    private static void Identifiers(FhirNode practitioner, SegmentValue stf)
    {
        practitioner.AddIdentifiers("identifier", stf[2]); // STF-2 identifier
        var key = stf[1].First;
        if (key[1].Leaf < 0) return;
        if (Numbered(stf) is { Until: > 0 } same && same[1].Is(key[1].Utf8))
        {
            key.Drop(Ledger.DropRule.SameAsOther);
            return;
        }

        var identifier = practitioner.Item("identifier");
        identifier.SetText("value", key[1]); // STF-1 identifier
        if (!Cwe.SetSystem(identifier, "system", key[3])) identifier.ConstantText("system", LocalUri.Of(stf.Mapping, "STF-1"u8));
        identifier.Object("type").SetText("text", key[2]);
    }

    private static IdKey Key(SegmentValue stf)
    {
        var key = stf.Mapping.Resources.Key("Practitioner");
        var number = Numbered(stf);
        return number.Until > 0 ? key.Add(number[1]).Add(number[4][1]).Add(number[4][2]) : key.Add(stf[1].First[1]).Add("").Add("");
    }

    // Of several numbers the one that is the primary key, else the first.
    private static Value Numbered(SegmentValue stf)
    {
        Value first = default;
        foreach (var number in stf[2])
        {
            if (number[1].Leaf < 0) continue;
            if (number[1].Is(stf[1].First[1].Utf8)) return number;
            if (first.Until == 0) first = number;
        }

        return first;
    }
}
