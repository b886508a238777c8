using System.Text.RegularExpressions;
using EHealthPlus.Endpoints.Hub;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace EHealthPlus.Tests.Security.Attacking;

/// <summary>A route that the hub has, read from the hub itself.</summary>
/// <param name="Template">With a slash before it; parameters in braces.</param>
internal sealed partial record HubRoute(string Method, string Template)
{
    public static readonly IReadOnlyList<HubRoute> All = Read();

    /// <summary>Names of query parameters and form fields that any interface reads, from its sources: no route declares them.</summary>
    public static readonly IReadOnlyList<string> StatedNames = [.. Directory
        .EnumerateFiles(Repository.Root, "*.cs", SearchOption.AllDirectories)
        .Where(file => Path.GetRelativePath(Repository.Root, file).Split(Path.DirectorySeparatorChar)[0] is "Adapters" or "Monitoring" or "Endpoints")
        .SelectMany(file => Stated().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
        .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    public bool Changes => Method is not ("GET" or "HEAD");

    /// <summary>The names in braces.</summary>
    public IReadOnlyList<string> Parameters => [.. Braces().Matches(Template).Select(match => match.Groups["name"].Value)];

    public override string ToString() => $"{Method} {Template}";

    /// <summary>The address with one parameter replaced, and something harmless for the others.</summary>
    /// <param name="value">Written as it is: escape what has to be escaped.</param>
    public string With(string parameter, string value) =>
        Braces().Replace(Template, match => match.Groups["name"].Value == parameter ? value : HarmlessOf(match.Groups["name"].Value));

    public string Harmless() => With("", "");

    private static string HarmlessOf(string name) => name switch
    {
        "type" => "Observation",
        "tab" => "ledger",
        "name" => "shell.js",
        "path" => "Nothing",
        "thumbprint" => new string('A', 64),
        _ => "1",
    };

    private static List<HubRoute> Read()
    {
        using var folder = new TemporaryFolder();
        using var hub = (IDisposable)HubApplication.Build([$"--Hub:DataDirectory={folder.Path}", "--Hub:Http=127.0.0.1:0", "--Hub:Mllp=127.0.0.1:0", "--Hub:Dicom=127.0.0.1:0"]);
        return [.. ((IEndpointRouteBuilder)(WebApplication)hub).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(endpoint => (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method =>
                new HubRoute(method, "/" + endpoint.RoutePattern.RawText!.Trim('/'))))
            .Distinct()];
    }

    [GeneratedRegex(@"\{(\*\*)?(?<name>[a-zA-Z]+)(:[a-z]+)?\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Braces();

    [GeneratedRegex("""(?:Query|[fF]orm)\["([A-Za-z_]+)"\]""")]
    private static partial Regex Stated();
}
