using System.Text.Json;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Transformers.FhirToDicom;

/// <summary>An order (FHIR R4 ServiceRequest and Patient) as a worklist item (PS3.4-2024 table K.6-1; PS3.3-2024 C.4.10 to C.4.12).</summary>
public sealed class ScheduledStepWriter : IScheduledStepWriter
{
    private const string Practitioner = "Practitioner";

    public IReadOnlyList<ResourceKey> PersonsOf(StoredResource order)
    {
        using var document = JsonDocument.Parse(order.Json);
        return [.. References(document.RootElement).Select(KeyOf).OfType<ResourceKey>().Distinct()];
    }

    public ReadOnlyMemory<byte> Write(OpenOrder order, IReadOnlyDictionary<ResourceKey, StoredResource> persons, TimeSpan offset)
    {
        using var requested = JsonDocument.Parse(order.Order.Json);
        using var patient = order.Patient is { } known ? JsonDocument.Parse(known.Json) : null;
        var request = ServiceRequest.Of(requested.RootElement, order.StepId);
        var item = new DicomObject();
        if (patient is not null) PatientAttributes.Write(item, patient.RootElement);

        item.AddNumber("00080050", "SH", request.Number("ACSN"));
        item.AddName("00321032", NameOf(request.Text("requester.reference"), persons));
        item.AddNumber("0020000D", "UI", order.StudyInstanceUid);
        // Type 1: who gave the procedure no number of its own knows it by that of the order.
        item.AddNumber("00401001", "SH", request.Number(ServiceRequest.RequestedProcedure), request.Number("PLAC"), request.Number("FILL"), Short(order));
        item.Add("00321060", "LO", request.Concept("code")?.Meaning);
        item.AddCodes("00321064", request.Concept("code"));
        item.Add("00401003", "SH", request.Text("priority") switch { "stat" => "STAT", "asap" or "urgent" => "HIGH", "routine" => "ROUTINE", _ => null });
        item.Add("00401002", "LO", request.Reason);
        item.AddNumber("00402016", "LO", request.Number("PLAC"));
        item.AddNumber("00402017", "LO", request.Number("FILL"));
        item.Add("00400100", Step(request, order, persons, offset));
        return item.ToJson();
    }

    private static DicomObject Step(ServiceRequest request, OpenOrder order, IReadOnlyDictionary<ResourceKey, StoredResource> persons, TimeSpan offset)
    {
        var (station, title) = request.Station;
        var (date, time) = request.StartIn(offset, order.Start);
        var step = new DicomObject();
        step.AddNumber("00400001", "AE", title);
        step.Add("00400002", "DA", date);
        step.Add("00400003", "TM", time);
        step.Add("00080060", "CS", request.Modality);
        step.AddName("00400006", request.Performers.Select(reference => NameOf(reference, persons)).FirstOrDefault(name => name is not null));
        var protocol = request.Protocols.FirstOrDefault();
        step.Add("00400007", "LO", protocol?.Meaning ?? request.Concept("code")?.Meaning);
        step.AddCodes("00400008", [.. request.Protocols]);
        step.AddNumber("00400009", "SH", order.StepId, request.Number(ServiceRequest.ScheduledStep), request.Number("FILL"), request.Number("PLAC"), Short(order));
        step.Add("00400010", "SH", station);
        step.Add("00400011", "SH", request.Location);
        step.Add("00400020", "CS", order.State == StepState.InProgress ? "STARTED" : "SCHEDULED");
        return step;
    }

    private static string Short(OpenOrder order) => order.Order.Id[..Math.Min(16, order.Order.Id.Length)];

    private static IEnumerable<string> References(JsonElement order)
    {
        var request = new ServiceRequest(order, default);
        if (request.Text("requester.reference") is { } requester) yield return requester;
        foreach (var performer in request.Performers) yield return performer;
    }

    private static ResourceKey? KeyOf(string reference) => reference.Split('/') is [Practitioner, var id] ? new(Practitioner, id) : null;

    private static PersonName? NameOf(string? reference, IReadOnlyDictionary<ResourceKey, StoredResource> persons)
    {
        if (reference is null || KeyOf(reference) is not { } key || !persons.TryGetValue(key, out var known)) return null;
        using var person = JsonDocument.Parse(known.Json);
        return PersonName.Of(person.RootElement);
    }
}
