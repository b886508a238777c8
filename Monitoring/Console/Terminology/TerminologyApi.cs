using System.Globalization;
using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Monitoring.Console.Api;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Contracts.Terminology;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EHealthPlus.Monitoring.Console.Terminology;

/// <summary>Unmapped codes and local maps for the command line and for scripts.</summary>
internal static class TerminologyApi
{
    private const int MostRows = 100_000;
    private const long MostBytes = 16 * 1024 * 1024;

    public static Task FilesAsync(Visit visit) => Json.WriteAsync(visit.Http, new { files = visit.Get<ILocalMaps>().Files });

    /// <summary>?source=ID, ?count=N; ?format=csv for the form of a local map.</summary>
    public static async Task UnmappedAsync(Visit visit)
    {
        if (visit.Http.Request.Query["format"] == "csv")
        {
            await TerminologyPage.DownloadAsync(visit);
            return;
        }

        var asked = visit.Http.Request.Query["count"].ToString();
        var count = 100;
        if (asked.Length > 0 && (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out count) || count is < 1 or > MostRows))
        {
            await Problem.WriteAsync(visit.Http, RejectionCode.SearchParameterInvalid, "The parameter count holds an invalid value");
            return;
        }

        var codes = await visit.Get<IUnmappedCodes>().ListAsync(TerminologyPage.SourceOf(visit), count, visit.Aborted);
        await Json.WriteAsync(visit.Http, new
        {
            codes = codes.Select(code => new
            {
                source = code.SourceId, code.Code.Field, code.Code.Table, code.Code.Code, code.Code.System, code.Count, code.FirstSeen, code.LastSeen, example = code.Example.Value,
            }),
        });
    }

    public static Task CheckAsync(Visit visit) => ActAsync(visit, (maps, file, content) => maps.CheckAsync(file, content, visit.Aborted));

    public static Task LoadAsync(Visit visit) => ActAsync(visit, (maps, file, content) => LoadAsync(visit, maps, file, content, "api"));

    /// <summary>Records and loads; what cannot be loaded, as under a name that is none, is recorded as refused.</summary>
    public static Task<Result<CodeMapEffect>> LoadAsync(Visit visit, ILocalMaps maps, string file, ReadOnlyMemory<byte> content, string by) =>
        maps.LoadAsync(file, content, accepted => visit.RecordAsync(AuditAction.TerminologyLoad, null, file, permitted: accepted, by), visit.Aborted);

    /// <summary>The body is the file; ?file=NAME.csv names it.</summary>
    private static async Task ActAsync(Visit visit, Func<ILocalMaps, string, ReadOnlyMemory<byte>, Task<Result<CodeMapEffect>>> act)
    {
        if (visit.Http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = MostBytes;
        using var body = new MemoryStream();
        await visit.Http.Request.Body.CopyToAsync(body, visit.Aborted);
        var effect = await act(visit.Get<ILocalMaps>(), visit.Http.Request.Query["file"].ToString(), body.ToArray());
        if (!effect.Accepted)
        {
            await Problem.WriteAsync(visit.Http, effect.Rejection);
            return;
        }

        var change = effect.Value;
        await Json.WriteAsync(
            visit.Http,
            new
            {
                change.File, change.Faults, change.Rows, change.Added, change.Removed,
                resolved = change.Resolved.Select(code => new { source = code.SourceId, code.Code.Field, code.Code.Code, code.Code.System, code.Count }),
            },
            change.Faults.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}
