using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>
/// ORC-8, OBR-29 and OBR-54 of ORC[ServiceRequest] and OBR[ServiceRequest]: the order that this one is a child of, or takes the place
/// of. It is known by its numbers only.
/// </summary>
internal static class OrderParent
{
    public static void Set(FhirNode request, OrderGroup group)
    {
        var (orc, obr) = (group.Orc, group.Obr);
        if (orc[1].First.Is("RO"u8))
        {
            if (group.Replaced.Populated) request.ReferItem("replaces", group.Replaced);
            else Pair(request, "replaces", orc[8]);
            return;
        }

        var parent = obr[54].HasValue ? obr[54] : obr[29].HasValue ? obr[29] : orc[8];
        Pair(request, "basedOn", parent); // OBR-29 basedOn[1] basedOn[2]
        var service = obr[50].HasValue ? obr[50] : orc[31];
        if (!service.HasValue) return;
        foreach (var reference in request.Items("basedOn"))
        {
            Cwe.SetString(reference, "display", service); // ORC-31 basedOn[1]
            return;
        }
    }

    // EIP: the placer's number and the filler's.
    private static void Pair(FhirNode request, string name, Value eip)
    {
        Number(request, name, eip[1], "PGN"); // OBR-29 EIP[Identifier-PlacerAssignedIdentifier]
        Number(request, name, eip[2], "FGN"); // OBR-29 EIP[Identifier-FillerAssignedIdentifier]
    }

    private static void Number(FhirNode request, string name, Value ei, string type)
    {
        if (ei[1].Leaf < 0) return;
        var identifier = request.Item(name).Constant("type", "ServiceRequest").Object("identifier");
        Cx.ConstantType(identifier, type);
        Ei.ToIdentifier(identifier, ei);
    }
}
