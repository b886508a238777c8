using System.Text.RegularExpressions;
using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Monitoring.Console.Api;

/// <summary>DICOM application entities: read by those who watch, registered and changed by administrators.</summary>
internal static partial class DicomPeerApi
{
    public static Task ListAsync(Visit visit) => Json.WriteAsync(visit.Http, visit.Get<IDicomPeers>().All);

    public static async Task SaveAsync(Visit visit)
    {
        if (await Body.ReadAsync<DicomPeer>(visit, "dicom-peer") is not { } peer) return;
        if (ProblemOf(peer, visit.Get<IRegistry>()) is { } problem)
        {
            await Problem.WriteAsync(visit.Http, RejectionCode.BodyInvalid, problem);
            return;
        }

        await visit.RecordAsync(AuditAction.Register, null, $"dicom-peer/{peer.AeTitle}", permitted: true, "api");
        var saved = await visit.Get<IDicomPeers>().SaveAsync(peer, visit.Aborted);
        if (saved.Accepted) await Json.WriteAsync(visit.Http, saved.Value);
        else await Problem.WriteAsync(visit.Http, saved.Rejection.Code, saved.Rejection.Detail);
    }

    private static string? ProblemOf(DicomPeer peer, IRegistry registry)
    {
        if (peer.AeTitle is null || !Title().IsMatch(peer.AeTitle)) return "aeTitle is not 1 to 16 characters of ASCII without backslash";
        if (registry.GetSource(peer.SourceId ?? "") is null) return "sourceId is not registered";
        if (peer.Host is not null && Uri.CheckHostName(peer.Host) == UriHostNameType.Unknown) return "host is no name and no address";
        if (peer.Port is < 1 or > 65_535) return "port is not 1 to 65535";
        return peer.Host is null == peer.Port is null ? null : "host and port belong together";
    }

    // PS3.5-2024 table 6.2-1, AE: no backslash and no control character; spaces at the ends say nothing.
    [GeneratedRegex(@"^[!-\[\]-~]([ -\[\]-~]{0,14}[!-\[\]-~])?\z")]
    private static partial Regex Title();
}
