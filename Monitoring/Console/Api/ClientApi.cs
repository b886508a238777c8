using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace EHealthPlus.Monitoring.Console.Api;

/// <summary>Machine clients: registered, changed and cut off by administrators. Only public keys are ever sent here.</summary>
internal static class ClientApi
{
    public static Task ListAsync(Visit visit) => Json.WriteAsync(visit.Http, visit.Get<IMachineClients>().All.Select(Line.Of));

    /// <summary>Whatever was registered for the client before is replaced, and its tokens end.</summary>
    public static async Task SaveAsync(Visit visit)
    {
        if (await Body.ReadAsync<Stated>(visit, "client") is not { } stated) return;
        if (ProblemOf(visit, stated) is { } problem)
        {
            await Problem.WriteAsync(visit.Http, RejectionCode.BodyInvalid, problem);
            return;
        }

        var client = new MachineClient(
            stated.Id!, stated.Name ?? stated.Id!, stated.Role, stated.ProviderId, stated.SourceId, stated.ServiceLocationId, stated.Scopes!,
            stated.KeySet!.Value.GetRawText(), NewStamp(), stated.Active, stated.ProfessionalId);
        await visit.RecordAsync(AuditAction.Register, null, $"client/{client.Id}", permitted: true, client.Active ? $"as {AccessPrincipal.KeyOf(client.Role)}{(client.ProfessionalId is null ? "" : $", {client.ProfessionalId} answers for it")}: {client.Scopes}" : "suspended, all tokens end");
        await visit.Get<IMachineClients>().SaveAsync(client, visit.Aborted);
        await Json.WriteAsync(visit.Http, Line.Of(client));
    }

    /// <summary>Ends the tokens that the client has; it may fetch new ones.</summary>
    public static Task RevokeTokensAsync(Visit visit) => ChangeAsync(visit, client => client, "tokens revoked");

    public static Task SuspendAsync(Visit visit) => ChangeAsync(visit, client => client with { Active = false }, "suspended, all tokens end");

    public static Task ResumeAsync(Visit visit) => ChangeAsync(visit, client => client with { Active = true }, "resumed");

    private static async Task ChangeAsync(Visit visit, Func<MachineClient, MachineClient> change, string reason)
    {
        if (visit.Get<IMachineClients>().Get((string)visit.Http.GetRouteValue("id")!) is not { } client)
        {
            await Problem.WriteAsync(visit.Http, RejectionCode.ResourceNotFound, "No such client");
            return;
        }

        await visit.RecordAsync(AuditAction.Register, null, $"client/{client.Id}", permitted: true, reason);
        await visit.Get<IMachineClients>().SaveAsync(change(client) with { Stamp = NewStamp() }, visit.Aborted);
        visit.Http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static string? ProblemOf(Visit visit, Stated stated)
    {
        var registry = visit.Get<IRegistry>();
        if (!RegistryApi.Id().IsMatch(stated.Id ?? "")) return "id is not 1 to 64 lower-case letters, digits and hyphens";
        if (!Enum.IsDefined(stated.Role) || stated.Role is Role.Citizen or Role.Administrator) return "No machine acts in this role";
        if (stated.ProviderId is not null && registry.GetProvider(stated.ProviderId) is null) return "providerId is not registered";
        if (stated.Role == Role.Clinician && stated.ProviderId is null) return "A client that reads records names its provider";
        if (stated.ProfessionalId is { } answers)
        {
            if (stated.Role != Role.Clinician) return "professionalId is for a client that reads records";
            if (visit.Get<IProfessionals>().AffiliationsOf(answers).All(affiliation => affiliation.ProviderId != stated.ProviderId || !affiliation.InForceAt(visit.Now))) return "professionalId works for another provider, or for none";
        }

        var source = stated.SourceId is null ? null : registry.GetSource(stated.SourceId);
        if (stated.SourceId is not null && source is null) return "sourceId is not registered";
        if (stated.Role == Role.Source && source is null) return "A source's client names the source";
        if (stated.ServiceLocationId is { } place)
        {
            if (registry.GetServiceLocation(place) is not { } location) return "serviceLocationId is not registered";
            if (stated.ProviderId is { } provider && location.ProviderId != provider) return "serviceLocationId is of another provider";
            if (source is not null && source.ServiceLocationId != place) return "serviceLocationId is not that of the source";
        }

        return visit.Get<IMachineTokens>().ProblemOf(stated.Scopes ?? "", stated.KeySet?.GetRawText() ?? "");
    }

    private static string NewStamp() => Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8));

    private sealed record Stated(
        string? Id, string? Name, Role Role, string? ProviderId, string? SourceId, string? ServiceLocationId, string? Scopes,
        System.Text.Json.JsonElement? KeySet, bool Active = true, string? ProfessionalId = null);

    private sealed record Line(string Id, string Name, Role Role, string? ProviderId, string? SourceId, string? ServiceLocationId, string Scopes, bool Active, string? ProfessionalId)
    {
        public static Line Of(MachineClient client) =>
            new(client.Id, client.Name, client.Role, client.ProviderId, client.SourceId, client.ServiceLocationId, client.Scopes, client.Active, client.ProfessionalId);
    }
}
