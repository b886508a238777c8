using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Api;
using EHealthPlus.Monitoring.Console.Assets;
using EHealthPlus.Monitoring.Console.Audit;
using EHealthPlus.Monitoring.Console.Cases;
using EHealthPlus.Monitoring.Console.Deposits;
using EHealthPlus.Monitoring.Console.Flow;
using EHealthPlus.Monitoring.Console.Identities;
using EHealthPlus.Monitoring.Console.Images;
using EHealthPlus.Monitoring.Console.Imaging;
using EHealthPlus.Monitoring.Console.Keys;
using EHealthPlus.Monitoring.Console.Reference;
using EHealthPlus.Monitoring.Console.Sources;
using EHealthPlus.Monitoring.Console.Terminology;
using EHealthPlus.Monitoring.Console.Uploads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EHealthPlus.Monitoring.Console;

/// <summary>
/// The console at / and its interface under /api. It reads through the ports of Routing/Contracts only: deposits, registry, inspector,
/// reader, translator, quarantine, audit trail, flow statistics, credential check, uploads, imaging record.
/// </summary>
public static class ConsoleSetup
{
    public static IServiceCollection AddConsole(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<FlowBoard>();
        return services;
    }

    /// <summary>Answers of the hub's own where nothing stands at an address. Before all that maps.</summary>
    public static IApplicationBuilder UseMissingPages(this IApplicationBuilder hub) => hub.UseStatusCodePages(missing => MissingPages.AnswerAsync(missing.HttpContext));

    /// <summary>Every route names its audience; authentication must have run before.</summary>
    public static IEndpointRouteBuilder MapConsole(this IEndpointRouteBuilder endpoints)
    {
        AssetFiles.Map(endpoints);
        ViewerFiles.Map(endpoints);
        SignInPage.Map(endpoints);
        InvitationPage.Map(endpoints);
        SessionApi.Map(endpoints);
        CertificateApi.MapPublic(endpoints);
        var gate = new Gate(endpoints);
        gate.Page("/", Audience.Watchers, FlowPage.ShowAsync);
        gate.Stream("/flow/stream", Audience.Watchers, FlowStream.SendAsync);
        gate.Page("/deposits", Audience.Watchers, DepositListPage.ShowAsync);
        gate.Page("/deposits/{id:long}", Audience.Watchers, DepositPage.ShowAsync);
        gate.Page("/deposits/{id:long}/bytes", Audience.Repairers, DepositActions.DownloadAsync);
        gate.Page("/deposits/{id:long}/replay", Audience.Replayers, DepositActions.AskReplayAsync);
        gate.Form("/deposits/{id:long}/replay", Audience.Replayers, DepositActions.ReplayAsync);
        gate.Page("/deposits/{id:long}/repair", Audience.Repairers, RepairPage.ShowAsync);
        gate.Form("/deposits/{id:long}/repair", Audience.Repairers, RepairPage.ActAsync);
        gate.Page("/deposits/{id:long}/{tab}", Audience.Watchers, DepositPage.ShowAsync);
        gate.Page("/imaging", Audience.Watchers, ImagingPage.ShowAsync);
        gate.Page("/imaging/{list}/{number:long}/dismiss", Audience.Replayers, ImagingDismissalPage.AskAsync);
        gate.Form("/imaging/{list}/{number:long}/dismiss", Audience.Replayers, ImagingDismissalPage.DismissAsync);
        gate.Form("/imaging/{list}/{number:long}/bring-back", Audience.Replayers, ImagingDismissalPage.BringBackAsync);
        gate.Page("/uploads", Audience.Watchers, UploadsPage.ShowAsync);
        gate.Page("/sources", Audience.Watchers, SourcesPage.ShowAsync);
        gate.Page("/terminology", Audience.Watchers, TerminologyPage.ShowAsync);
        gate.Page("/terminology/unmapped.csv", Audience.Watchers, TerminologyPage.DownloadAsync);
        gate.Form("/terminology", Audience.Mappers, TerminologyPage.ActAsync);
        gate.Page("/identities", Audience.Registrars, IdentityListPage.ShowAsync);
        gate.Page("/identities/{id:long}", Audience.Registrars, IdentityPage.ShowAsync);
        gate.Form("/identities/{id:long}", Audience.Registrars, IdentityPage.DecideAsync);
        gate.Page("/persons", Audience.Registrars, visit => visit.SeeOther("/identities"));
        gate.Form("/persons", Audience.Registrars, PersonPage.FindAsync);
        gate.Page("/persons/{id}", Audience.Registrars, PersonPage.ShowAsync);
        gate.Form("/persons/{id}/unlink", Audience.Registrars, PersonActions.UnlinkAsync);
        gate.Form("/persons/{id}/merge", Audience.Registrars, PersonActions.MergeAsync);
        gate.Form("/persons/{id}/split", Audience.Registrars, PersonActions.SplitAsync);
        gate.Page("/keys", Audience.Watchers, KeysPage.ShowAsync);
        gate.Page("/keys/rotate", Audience.Administrators, KeyRotationPage.AskAsync);
        gate.Form("/keys/rotate", Audience.Administrators, KeyRotationPage.RotateAsync);
        gate.Page("/rejections", Audience.Console, RejectionsPage.ShowAsync);
        gate.Page("/audit", Audience.Auditors, AuditPage.ShowAsync);
        gate.Page("/audit/{number:long}", Audience.Auditors, AuditEntryPage.ShowAsync);
        gate.Page("/cases", Audience.Auditors, CaseListPage.ShowAsync);
        gate.Page("/cases/{number:long}", Audience.Auditors, CasePage.ShowAsync);
        gate.Form("/cases/{number:long}/assign", Audience.Auditors, CasePage.AssignAsync);
        gate.Form("/cases/{number:long}/close", Audience.Auditors, CasePage.CloseAsync);
        gate.Page("/looks", Audience.Citizens, LooksPage.ShowAsync);
        gate.Page("/images", Audience.ImageReaders, ImageListPage.ShowAsync);
        gate.Form("/images", Audience.ImageReaders, ImageListPage.FindAsync);
        gate.Page("/images/of/{person}", Audience.ImageReaders, ImageListPage.ShowOfAsync);
        gate.Page("/images/{study}", Audience.ImageReaders, ViewerPage.ShowAsync);

        gate.ApiGet("/flow", Audience.Watchers, FlowApi.GetAsync);
        gate.ApiGet("/deposits", Audience.Watchers, DepositApi.ListAsync);
        gate.ApiGet("/deposits/{id:long}", Audience.Watchers, DepositApi.GetAsync);
        gate.ApiPost("/deposits/{id:long}/replay", Audience.Replayers, DepositApi.ReplayAsync);
        gate.ApiPost("/deposits/{id:long}/repair", Audience.Repairers, DepositApi.RepairAsync);
        gate.ApiGet("/providers", Audience.Watchers, RegistryApi.ListProvidersAsync);
        gate.ApiPost("/providers", Audience.Administrators, RegistryApi.SaveProviderAsync);
        gate.ApiGet("/service-locations", Audience.Watchers, RegistryApi.ListLocationsAsync);
        gate.ApiPost("/service-locations", Audience.Administrators, RegistryApi.SaveLocationAsync);
        gate.ApiGet("/terminology", Audience.Watchers, TerminologyApi.FilesAsync);
        gate.ApiGet("/terminology/unmapped", Audience.Watchers, TerminologyApi.UnmappedAsync);
        gate.ApiPost("/terminology/check", Audience.Mappers, TerminologyApi.CheckAsync);
        gate.ApiPost("/terminology/load", Audience.Mappers, TerminologyApi.LoadAsync);
        gate.ApiGet("/sources", Audience.Watchers, RegistryApi.ListSourcesAsync);
        gate.ApiPost("/sources", Audience.Administrators, RegistryApi.SaveSourceAsync);
        gate.ApiGet("/dicom-peers", Audience.Watchers, DicomPeerApi.ListAsync);
        gate.ApiPost("/dicom-peers", Audience.Administrators, DicomPeerApi.SaveAsync);
        gate.ApiGet("/professionals", Audience.Watchers, ProfessionalApi.ListAsync);
        gate.ApiPost("/professionals", Audience.Administrators, ProfessionalApi.SaveAsync);
        gate.ApiPost("/affiliations", Audience.Administrators, ProfessionalApi.SaveAffiliationAsync);
        gate.ApiGet("/certificates", Audience.Watchers, CertificateApi.ListAsync);
        gate.ApiPost("/certificates", Audience.Administrators, CertificateApi.IssueAsync);
        gate.ApiPost("/certificates/{thumbprint}/revoke", Audience.Administrators, CertificateApi.RevokeAsync);
        gate.ApiGet("/accounts", Audience.Administrators, AccountApi.ListAsync);
        gate.ApiPost("/accounts", Audience.Administrators, AccountApi.InviteAsync);
        gate.ApiPost("/accounts/{name}/suspend", Audience.Administrators, AccountApi.SuspendAsync);
        gate.ApiPost("/accounts/{name}/resume", Audience.Administrators, AccountApi.ResumeAsync);
        gate.ApiGet("/keys", Audience.Watchers, KeyApi.ListAsync);
        gate.ApiPost("/keys/rotate", Audience.Administrators, KeyApi.RotateAsync);
        gate.ApiGet("/clients", Audience.Administrators, ClientApi.ListAsync);
        gate.ApiPost("/clients", Audience.Administrators, ClientApi.SaveAsync);
        gate.ApiPost("/clients/{id}/revoke-tokens", Audience.Administrators, ClientApi.RevokeTokensAsync);
        gate.ApiPost("/clients/{id}/suspend", Audience.Administrators, ClientApi.SuspendAsync);
        gate.ApiGet("/cases", Audience.Auditors, CaseApi.ListAsync);
        gate.ApiGet("/cases/{number:long}", Audience.Auditors, CaseApi.GetAsync);
        gate.ApiPost("/cases/{number:long}/assign", Audience.Auditors, CaseApi.AssignAsync);
        gate.ApiPost("/cases/{number:long}/close", Audience.Auditors, CaseApi.CloseAsync);
        gate.ApiPost("/clients/{id}/resume", Audience.Administrators, ClientApi.ResumeAsync);
        return endpoints;
    }
}
