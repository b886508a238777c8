using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Monitoring.Console.Api;

/// <summary>Professionals and their affiliations: read by those who watch, registered and ended by administrators.</summary>
internal static class ProfessionalApi
{
    public static Task ListAsync(Visit visit)
    {
        var professionals = visit.Get<IProfessionals>();
        return Json.WriteAsync(visit.Http, professionals.All.Select(professional => new Line(professional, professionals.AffiliationsOf(professional.Id))));
    }

    public static async Task SaveAsync(Visit visit)
    {
        if (await Body.ReadAsync<Professional>(visit, "professional") is not { } professional) return;
        var problem = !RegistryApi.Id().IsMatch(professional.Id ?? "") ? "id is not 1 to 64 lower-case letters, digits and hyphens"
            : string.IsNullOrWhiteSpace(professional.Name) ? "name is empty"
            : !Enum.IsDefined(professional.Profession) ? "profession is not known"
            : null;
        if (problem is not null)
        {
            await Problem.WriteAsync(visit.Http, RejectionCode.BodyInvalid, problem);
            return;
        }

        professional = professional with { NameChinese = professional.NameChinese ?? "", RegistrationNumber = professional.RegistrationNumber ?? "" };
        await visit.RecordAsync(AuditAction.Register, null, $"professional/{professional.Id}", permitted: true, professional.Active ? "api" : "registration not in force");
        await visit.Get<IProfessionals>().SaveAsync(professional, visit.Aborted);
        await Json.WriteAsync(visit.Http, professional);
    }

    /// <summary>
    /// Begins an affiliation, or says when it ends. Where no beginning is stated, the one that is in force is meant, and a new one begins now
    /// where there is none; where only an end is stated, all that are in force end then, and there must be one.
    /// </summary>
    public static async Task SaveAffiliationAsync(Visit visit)
    {
        if (await Body.ReadAsync<Stated>(visit, "affiliation") is not { } stated) return;
        var professionals = visit.Get<IProfessionals>();
        if (professionals.Get(stated.ProfessionalId ?? "") is not { } professional)
        {
            await Problem.WriteAsync(visit.Http, RejectionCode.BodyInvalid, "professionalId is not registered");
            return;
        }

        if (visit.Get<IRegistry>().GetProvider(stated.ProviderId ?? "") is not { } provider)
        {
            await Problem.WriteAsync(visit.Http, RejectionCode.BodyInvalid, "providerId is not registered");
            return;
        }

        var here = professionals.AffiliationsOf(professional.Id).Where(each => each.ProviderId == provider.Id).ToList();
        List<Affiliation> changed;
        if (stated is { From: null, Until: { } end })
        {
            // Who has left by then must not stay by another affiliation that still holds then.
            var held = here.FindAll(each => each.InForceAt(visit.Now) || each.InForceAt(end));
            changed = [.. held.Where(each => !(each.Until < end)).Select(each => each with { Until = end })];
            if (changed.Count == 0)
            {
                await Problem.WriteAsync(visit.Http, RejectionCode.BodyInvalid, held.Count == 0
                    ? $"{professional.Id} has no affiliation with {provider.Id} that could end"
                    : $"The affiliation ends at {held[^1].Until:yyyy-MM-ddTHH:mm:sszzz}: state from too, to let it end later");
                return;
            }
        }
        else
        {
            var current = here.FindLast(each => each.InForceAt(visit.Now));
            changed = [new(professional.Id, provider.Id, stated.From ?? current?.From ?? visit.Now, stated.Until)];
        }

        if (changed.Exists(each => each.Until < each.From))
        {
            await Problem.WriteAsync(visit.Http, RejectionCode.BodyInvalid, "until is before from");
            return;
        }

        await visit.RecordAsync(
            AuditAction.Register, null, $"affiliation/{professional.Id}/{provider.Id}", permitted: true, stated.Until is { } until ? $"until {until:yyyy-MM-ddTHH:mm:sszzz}" : "begins");
        foreach (var each in changed) await professionals.SaveAsync(each, visit.Aborted);
        await Json.WriteAsync(visit.Http, changed[^1]);
    }

    private sealed record Line(Professional Professional, IReadOnlyList<Affiliation> Affiliations);

    private sealed record Stated(string? ProfessionalId, string? ProviderId, DateTimeOffset? From, DateTimeOffset? Until);
}
