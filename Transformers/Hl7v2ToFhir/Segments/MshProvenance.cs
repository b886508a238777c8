using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>
/// MSH[Provenance-Source]: says of every resource of the message which deposit it came from, when, and from whom. Comes last, for it
/// points at all the others.
/// </summary>
public static class MshProvenance
{
    /// <summary>Identifier.system of a deposit's number; outside a hub the message's own control id stands in.</summary>
    public const string DepositSystem = "urn:ehealthplus:identifier:deposit";

    private const string ParticipantType = "http://terminology.hl7.org/CodeSystem/provenance-participant-type";

    public static void Map(Mapping mapping)
    {
        var patients = 1;
        foreach (var draft in mapping.Resources.All) patients = Math.Max(patients, draft.PatientNumber + 1);
        // One for each patient: the record of one must not name what is in the record of another.
        for (var patient = 0; patient < patients; patient++)
        {
            Map(mapping, patient, prior: false);
            if (mapping.ReturnToPatient(patient, prior: true)) Map(mapping, patient, prior: true);
        }
    }

    private static void Map(Mapping mapping, int patient, bool prior)
    {
        var msh = mapping.Segments[0];
        mapping.ReturnToPatient(patient, prior);
        var provenance = mapping.Resources.Begin("Provenance", SharingCategory.None);
        // Whose it is tells the Provenances of a message apart.
        mapping.Resources.Own(provenance, mapping.Resources.MessageKey("Provenance").Add(mapping.SubjectId ?? ""));
        foreach (var draft in mapping.Resources.All)
        {
            if (draft.AboutPatient && draft.PatientNumber == patient && draft.AtPrior == prior && draft.Node != provenance && !draft.Node.IsRemoved) provenance.ReferItem("target", draft.Node);
        }

        // A message about nobody leaves nothing to vouch for, and Provenance.target is 1..*.
        if (!provenance.Populated) return;
        provenance.SetDateTime("occurredDateTime", msh[7]); // MSH-7 occurred
        provenance.SetInstant("recorded", mapping.Context.ReceivedAt);
        provenance.Object("activity").SetJoined("text", "^"u8, msh[9].First[1], msh[9].First[2], msh[9].First[3]); // MSH-9 activity.coding.display
        Agent(provenance, "author", mapping.Sender, mapping); // MSH-4 HD[Organization] MSH-22 XON[Organization]
        Source(provenance, mapping);
        SftDevice.AddTo(provenance, mapping);
    }

    /// <summary>Names the deposit that it all came from.</summary>
    internal static void Source(FhirNode provenance, Mapping mapping)
    {
        var source = provenance.Item("entity").Constant("role", "source").Object("what").Object("identifier");
        if (mapping.Context.DepositId is { } deposit) source.Constant("system", DepositSystem).Set("value", deposit.ToString());
        else source.SetText("value", mapping.Segments[0][10]);
    }

    /// <summary>Adds an agent. Where nobody is named, it is the provider that the source is registered for.</summary>
    /// <param name="type">Code of provenance-participant-type.</param>
    internal static void Agent(FhirNode provenance, string type, FhirNode who, Mapping mapping)
    {
        var agent = provenance.Item("agent");
        agent.ConstantObject("type").ConstantItem("coding").Constant("system", ParticipantType).Constant("code", type);
        if (!who.Populated) agent.Object("who").Object("identifier").Constant("system", FhirSystems.Provider).Set("value", mapping.Arena.Write(mapping.Context.Source.ProviderId.AsSpan()));
        else agent.Refer("who", who);
    }
}
