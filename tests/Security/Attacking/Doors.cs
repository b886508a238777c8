using System.Collections.Concurrent;

namespace EHealthPlus.Tests.Security.Attacking;

/// <summary>Finds who is let in at a route: an attack from outside ends at the door, one from inside reaches what is behind.</summary>
internal sealed class Doors(AttackedHub attacked) : IDisposable
{
    private static readonly string[] Roles = ["integration-engineer", "administrator", "registrar", "auditor", "clinician", "citizen", "source", "operator"];

    private readonly ConcurrentDictionary<string, HttpClient> clients = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<HubRoute, string> insiders = new();

    public HttpClient Of(string role) => clients.GetOrAdd(role, name => attacked.Program(attacked.Hub.Token(name)));

    /// <summary>A client in the first role that the route lets in; the first of all where it is open, or for nobody.</summary>
    public async Task<HttpClient> InsiderAsync(HubRoute route)
    {
        if (insiders.TryGetValue(route, out var known)) return Of(known);
        foreach (var role in Roles)
        {
            using var body = route.Changes ? new StringContent("") : null;
            var answer = await Judged.AskAsync(Of(role), route.Method, route.Harmless(), body);
            if (answer.Status is 401 or 403) continue;
            return Of(insiders[route] = role);
        }

        return Of(insiders[route] = Roles[0]);
    }

    /// <summary>Makes all requests, a few at a time; there is nothing wrong with any answer.</summary>
    public static async Task ExpectNoFaultsAsync(IEnumerable<Func<Task<Judged>>> requests)
    {
        var faults = new ConcurrentBag<string>();
        var asked = 0;
        await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken }, async (ask, _) =>
        {
            Interlocked.Increment(ref asked);
            foreach (var fault in (await ask()).Faults()) faults.Add(fault);
        });
        Assert.True(asked > 0, "Nothing was asked");
        Assert.True(faults.IsEmpty, $"{faults.Count} faults in {asked} answers:\n{string.Join('\n', faults.Order(StringComparer.Ordinal).Take(40))}");
    }

    public void Dispose()
    {
        foreach (var client in clients.Values) client.Dispose();
    }
}
