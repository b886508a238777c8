using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.CodeSystems;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>HD: hierarchic designator (HL7 v2.8.2 2A.33): namespace, universal id and its type.</summary>
public static class Hd
{
    /// <summary>
    /// HD[uri]: sets a URI. A universal id of type ISO or UUID makes it, or one of type URI as it is; else the namespace, as a URI
    /// local to the source.
    /// </summary>
    public static bool SetUri(FhirNode node, string name, Value hd)
    {
        if (Universal(hd) is { IsEmpty: false } universal)
        {
            node.Set(name, universal, hd[2].Leaf); // HD.2 HD[uri]
            node.AlsoFrom(name, hd[3].Leaf);
            return true;
        }

        var local = hd[1].Leaf >= 0 ? hd[1] : hd[2]; // HD.1 HD[uri]
        if (local.Leaf < 0) return false;
        node.Set(name, LocalUri.Of(hd.Mapping, local.Utf8), local.Leaf);
        return true;
    }

    /// <summary>
    /// The authority of an identifier: its URI as system; the namespace beside a universal id as display of the assigner.
    /// </summary>
    public static void SetAuthority(FhirNode identifier, Value hd)
    {
        if (!hd.HasValue || !SetUri(identifier, "system", hd)) return; // CX.4 HD[uri]
        if (!Universal(hd).IsEmpty) identifier.Object("assigner").SetText("display", hd[1]); // CX.4 HD[Organization]
    }

    /// <summary>HD[Organization]: the namespace and the universal id as identifiers; the namespace is its name too.</summary>
    public static FhirNode ToOrganization(Value hd)
    {
        if (!hd.HasValue) return default;
        var mapping = hd.Mapping;
        var organization = mapping.Resources.BeginMentioned("Organization");
        if (hd[1].Leaf >= 0)
        {
            var identifier = organization.Item("identifier");
            identifier.SetText("value", hd[1]); // HD.1 identifier[1].value
            identifier.ConstantText("system", LocalUri.Of(mapping, "HL70362"u8));
            organization.SetText("name", hd[1]);
        }

        SetUniversalIdentifier(organization, hd);
        return mapping.Resources.Share(organization, mapping.Resources.Key("Organization").Add(hd[1]).Add(hd[2]));
    }

    /// <summary>HD.2 and HD.3 as an identifier of a resource, HD[Identifier].</summary>
    public static void SetUniversalIdentifier(FhirNode resource, Value hd)
    {
        if (hd[2].Leaf < 0) return;
        var identifier = resource.Item("identifier");
        if (Universal(hd) is { IsEmpty: false } universal)
        {
            identifier.Constant("system", "urn:ietf:rfc:3986");
            identifier.Set("value", universal, hd[2].Leaf); // HD.2 identifier[2].value
        }
        else
        {
            identifier.SetText("value", hd[2]); // HD.2 identifier[2].value
        }

        var type = identifier.Object("type").Item("coding");
        type.Constant("system", "http://terminology.hl7.org/CodeSystem/v2-0301");
        type.SetCode("code", hd[3]); // HD.3 ID[CodeableConcept-UniversalID]
    }

    /// <summary>urn:oid, urn:uuid or the URI itself; empty where the universal id is none of them.</summary>
    public static FhirText Universal(Value hd)
    {
        var id = hd[2].Utf8.Trim((byte)' ');
        if (id.IsEmpty) return default;
        if (hd[3].Is("ISO"u8) && CodeSystemNames.IsOid(id)) return Prefixed(hd.Mapping, "urn:oid:"u8, id);
        if (hd[3].IsOneOf("UUID"u8, "GUID"u8) && Guid.TryParse(System.Text.Encoding.UTF8.GetString(id), out var guid)) return Uuid(hd.Mapping, guid);
        return hd[3].Is("URI"u8) && Uris.IsAbsolute(id) ? hd.Mapping.Arena.Write(id) : default;
    }

    // R4 2.24.0.1: urn:uuid is written in small letters.
    private static FhirText Uuid(Mapping mapping, Guid guid) => mapping.Arena.Write($"urn:uuid:{guid:D}".AsSpan());

    private static FhirText Prefixed(Mapping mapping, ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> text)
    {
        var room = mapping.Arena.Reserve(prefix.Length + text.Length);
        prefix.CopyTo(room);
        text.CopyTo(room[prefix.Length..]);
        return mapping.Arena.Commit(prefix.Length + text.Length);
    }
}
