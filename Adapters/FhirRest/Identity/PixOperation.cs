using System.Text.Json;
using EHealthPlus.Adapters.FhirRest.Exchange;
using EHealthPlus.Adapters.FhirRest.Search;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.FhirRest.Identity;

/// <summary>
/// GET Patient/$ihe-pix (IHE PIXm 3.0, ITI-83): the other numbers of the person who has a number. Domains are the identity card and the
/// local numbers of sources, urn:ehealthplus:local:SOURCE:AUTHORITY, as their Patients have them.
/// </summary>
internal sealed class PixOperation(IPersonStore persons, IPersonLinks links, IRegistry registry, RegistrarDoor door)
{
    private const string SourceParameter = "http.sourceIdentifier";

    public async Task<FhirAnswer> AnswerAsync(FhirRequest request, CancellationToken cancellationToken)
    {
        if (await door.RefuseAsync(request.Principal, AuditAction.Pix, cancellationToken) is { } refusal) return FhirAnswer.Refused(refusal);
        var query = request.Http.Query;
        if (query.Keys.FirstOrDefault(name => name is not ("sourceIdentifier" or "targetSystem" or "_format")) is not null)
        {
            return FhirAnswer.Refused(new Rejection(RejectionCode.SearchParameterUnsupported, "sourceIdentifier and targetSystem are understood"));
        }

        if (query["sourceIdentifier"] is not [{ } token] || token.LastIndexOf('|') is not (> 0 and var bar) || bar == token.Length - 1) return Invalid("One sourceIdentifier as system|value");
        var targets = query["targetSystem"].OfType<string>().ToList();
        if (LocalSystem.IsKnown(token[..bar], registry) is false) return Invalid("No source has numbers of this system");
        if (targets.Exists(target => !LocalSystem.IsKnown(target, registry)))
        {
            return FhirAnswer.Refused(new Rejection(RejectionCode.RoleNotPermitted, "No source has numbers of this system"), "http.targetSystem");
        }

        var person = await FindAsync(token[..bar], token[(bar + 1)..], cancellationToken);
        if (await door.RecordAsync(request.Principal, AuditAction.Pix, "Patient/$ihe-pix", person is null ? [] : [person.Id], cancellationToken) is { } unaudited) return FhirAnswer.Refused(unaudited);
        if (person is null) return FhirAnswer.Refused(new Rejection(RejectionCode.ResourceNotFound, "Nobody has this number"), SourceParameter);

        List<(string System, string Value)> numbers = [(FhirSystems.HongKongIdentityCard, person.DocumentNumber)];
        numbers.AddRange((await links.MergedAsync(person.Id, cancellationToken)).Select(merged => (FhirSystems.HongKongIdentityCard, merged.DocumentNumber)));
        numbers.AddRange((await links.AliasesAsync(person.Id, cancellationToken)).Select(alias => (LocalSystem.Of(alias), alias.Value)));
        numbers.RemoveAll(number => $"{number.System}|{number.Value}" == token || (targets.Count > 0 && !targets.Contains(number.System, StringComparer.Ordinal)));
        return new FhirAnswer(200) { Body = json => Write(json, person.Id, numbers) };
    }

    private static FhirAnswer Invalid(string detail) => FhirAnswer.Refused(new Rejection(RejectionCode.SearchParameterInvalid, detail), SourceParameter);

    private async Task<Person?> FindAsync(string system, string value, CancellationToken cancellationToken) => system == FhirSystems.HongKongIdentityCard
        ? await persons.FindByDocumentAsync(IdentityCardNumber.Normalise(value), cancellationToken)
        : LocalSystem.Read(system) is { } local ? await persons.FindByAliasAsync(new(local.Source, local.Authority, value), cancellationToken) : null;

    private static void Write(Utf8JsonWriter json, string personId, IReadOnlyList<(string System, string Value)> numbers)
    {
        json.WriteStartObject();
        json.WriteString("resourceType", "Parameters");
        json.WriteStartArray("parameter");
        foreach (var (system, value) in numbers)
        {
            json.WriteStartObject();
            json.WriteString("name", "targetIdentifier");
            json.WriteStartObject("valueIdentifier");
            json.WriteString("system", system);
            json.WriteString("value", value);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteStartObject();
        json.WriteString("name", "targetId");
        json.WriteReference("valueReference", $"Patient/{personId}");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
