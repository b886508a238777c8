using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Scheduling;

/// <summary>AIG[Appointment]: a resource that is neither service, place nor person by itself, known by its number: equipment, most of the time.</summary>
internal static class AigAppointment
{
    public static void Map(SegmentValue aig, FhirNode appointment, bool request)
    {
        aig[1].Drop(DropRule.SetId);
        AppointmentResource.DropAction(aig);
        if (AppointmentResource.IsRemoved(aig))
        {
            aig.Mapping.Resources.Of(appointment).Delete($"participant:{AppointmentResource.KeyOf(aig[3], "AIG-3"u8)}");
            aig[3].Drop(DropRule.Removed);
            return;
        }

        if (!aig[3].HasValue && !aig[4].HasValue) return;
        var participant = AppointmentResource.Participant(appointment, aig, aig[14], request);
        participant.AddConcepts("type", aig[4]); // AIG-4 CWE[CodeableConcept]
        if (aig[3].HasValue) Actor(participant.Object("actor"), aig[3], KindOf(aig[4])); // AIG-3 CWE[Identifier]
        AppointmentResource.Period(participant, appointment, aig); // AIG-8 AIG-9 AIG-11 participant.period
    }

    /// <summary>CWE[Identifier]: a resource that has no more than a number and a name.</summary>
    public static void Actor(FhirNode actor, Value cwe, string? type)
    {
        if (type is not null) actor.Constant("type", type);
        var identifier = actor.Object("identifier");
        identifier.SetText("value", cwe[1]); // CWE.1 value
        if (cwe[1].Leaf >= 0 && !Cwe.SetSystem(identifier, "system", cwe[3])) identifier.ConstantText("system", LocalUri.Of(cwe.Mapping, "AIG-3"u8)); // CWE.3 system
        actor.SetText("display", cwe[2]); // CWE.2 display
    }

    /// <summary>What the type of the resource (AIG-4) says that it is; null where it does not.</summary>
    public static string? KindOf(Value type)
    {
        var text = $"{type[1].Text} {type[2].Text}";
        if (text.Contains("equip", StringComparison.OrdinalIgnoreCase) || text.Contains("device", StringComparison.OrdinalIgnoreCase)) return "Device";
        return text.Contains("room", StringComparison.OrdinalIgnoreCase) || text.Contains("location", StringComparison.OrdinalIgnoreCase) ? "Location" : null;
    }
}
