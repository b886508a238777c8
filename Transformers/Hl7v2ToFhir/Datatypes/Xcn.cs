using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>XCN[Practitioner]: extended composite id number and name for persons (HL7 v2.8.2 2A.88), and CNN, its subcomponent form.</summary>
public static class Xcn
{
    /// <summary>Makes the Practitioner, or finds the one that the message already has under this number.</summary>
    /// <param name="addresses">Addresses that another field gives for the person.</param>
    /// <param name="contacts">Telecommunication numbers that another field gives for the person.</param>
    /// <returns>No node where the value is absent.</returns>
    public static FhirNode ToPractitioner(Value xcn, FieldValue addresses = default, FieldValue contacts = default)
    {
        if (!xcn.HasValue) return default;
        var mapping = xcn.Mapping;
        // A code without system is local to its field, and local maps may be made for one field: then the same words may mean two things.
        var plain = mapping.LocalMaps is null && !xcn[7].HasValue && !addresses.HasValue && !contacts.HasValue;
        if (plain && mapping.Mentions.TryRepeat(xcn, out var known)) return known;
        var before = mapping.Mentions.Mark();
        var practitioner = mapping.Resources.BeginMentioned("Practitioner");
        if (xcn[1].Leaf >= 0)
        {
            var identifier = practitioner.Item("identifier");
            identifier.SetText("value", xcn[1]); // XCN.1
            Hd.SetAuthority(identifier, xcn[9]); // XCN.9 HD[uri]
            Cx.CheckDigit(identifier, xcn[11], xcn[12]); // XCN.11 XCN.12
            Cx.SetType(identifier, xcn[13]); // XCN.13
        }

        AddName(practitioner, xcn);
        if (xcn[7].HasValue) practitioner.Item("qualification").SetConcept("code", xcn[7], TableMaps.DegreeLicenseCertificate); // XCN.7
        practitioner.AddAddresses("address", addresses);
        practitioner.AddContacts("telecom", contacts);
        var key = mapping.Resources.Key("Practitioner");
        if (xcn[1].Leaf >= 0) key.Add(xcn[1]).Add(xcn[9][1]).Add(xcn[9][2]);
        else key.AddAll(xcn);
        practitioner = mapping.Resources.Share(practitioner, key);
        if (plain) mapping.Mentions.Add(xcn, practitioner, before);
        return practitioner;
    }

    /// <summary>CNN[Practitioner]: the same one level lower, as in NDL.1.</summary>
    public static FhirNode CnnToPractitioner(Value cnn)
    {
        if (!cnn.HasValue) return default;
        var mapping = cnn.Mapping;
        var practitioner = mapping.Resources.BeginMentioned("Practitioner");
        if (cnn[1].Leaf >= 0) practitioner.Item("identifier").SetText("value", cnn[1]); // CNN.1
        if (!TwoScriptNames.TryAdd(practitioner, "name", cnn[2], cnn[3], default, out var name, out _))
        {
            name = practitioner.Item("name");
            name.SetText("family", cnn[2]); // CNN.2
            name.AppendText("given", cnn[3]); // CNN.3
        }

        name.AppendText("given", cnn[4]); // CNN.4
        name.AppendText("prefix", cnn[6]); // CNN.6
        name.AppendText("suffix", cnn[5]); // CNN.5
        name.AppendText("suffix", cnn[7]); // CNN.7
        var key = mapping.Resources.Key("Practitioner");
        if (cnn[1].Leaf >= 0) key.Add(cnn[1]).Add(cnn[9]).Add(cnn[10]);
        else key.AddAll(cnn);
        return mapping.Resources.Share(practitioner, key);
    }

    /// <summary>The name of XCN.</summary>
    public static void ToHumanName(FhirNode name, Value xcn)
    {
        ToUse(name, xcn);
        Xpn.ToFamily(name, xcn[2]); // XCN.2 FN[HumanName]
        name.AppendText("given", xcn[3]); // XCN.3
        Surroundings(name, xcn);
        Xpn.Representation(name, xcn[15]); // XCN.15
    }

    private static void AddName(FhirNode practitioner, Value xcn)
    {
        if (!TwoScriptNames.TryAdd(practitioner, "name", xcn[2][1], xcn[3], xcn[15], out var romanised, out var ideographic))
        {
            ToHumanName(practitioner.Item("name"), xcn);
            return;
        }

        ToUse(romanised, xcn);
        Surroundings(romanised, xcn);
        ToUse(ideographic, xcn);
    }

    private static void ToUse(FhirNode name, Value xcn)
    {
        if (xcn[10].Leaf >= 0) name.SetMapped("use", xcn[10], TableMaps.NameType); // XCN.10
    }

    private static void Surroundings(FhirNode name, Value xcn)
    {
        name.AppendText("given", xcn[4]); // XCN.4
        name.AppendText("prefix", xcn[6]); // XCN.6
        name.AppendText("suffix", xcn[5]); // XCN.5
        name.AppendText("suffix", xcn[21]); // XCN.21
        Xpn.AssemblyOrder(name, xcn[18]); // XCN.18
        Xpn.ToPeriod(name, xcn[17], xcn[19], xcn[20]); // XCN.17 XCN.19 XCN.20
    }
}
