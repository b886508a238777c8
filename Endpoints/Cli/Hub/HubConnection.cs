using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Routing.Contracts.Access;

namespace EHealthPlus.Endpoints.Cli.Hub;

/// <summary>HTTP to a running hub, in one role. The token is EHP_TOKEN, or the role's in the hub's credentials.json.</summary>
public sealed class HubConnection : IDisposable
{
    private readonly HttpClient http;

    private HubConnection(HttpClient http) => this.http = http;

    /// <param name="asked">Null for a connection without a token: for signing in.</param>
    /// <param name="trust">The authority in the data directory where it is not said.</param>
    /// <param name="limit">How long one request may take, its body included; 100 seconds where nothing else is said.</param>
    /// <returns>The connection; or the reason why there is no token, or no authority in its file.</returns>
    public static (HubConnection? Connection, string? Fault) Open(HubAddress address, Role? asked, HubTrust? trust = null, TimeSpan? limit = null)
    {
        try
        {
            trust ??= HubTrust.OfDataDirectory(address.DataDirectory);
        }
        catch (Exception unread) when (unread is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return (null, unread.Message);
        }

        var http = new HttpClient(trust.Handler()) { BaseAddress = address.Http, Timeout = limit ?? TimeSpan.FromSeconds(100) };
        http.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        if (asked is not { } role) return (new(http), null);
        var (token, fault) = TokenOf(role, address.DataDirectory);
        if (token is null)
        {
            http.Dispose();
            return (null, fault);
        }

        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return (new(http), null);
    }

    private static (string? Token, string? Fault) TokenOf(Role role, string dataDirectory)
    {
        var token = Environment.GetEnvironmentVariable("EHP_TOKEN");
        if (string.IsNullOrEmpty(token))
        {
            var file = Path.Combine(dataDirectory, "credentials.json");
            if (!File.Exists(file)) return (null, $"No token: set EHP_TOKEN, or point --data at the hub's data directory ({file} is not there; a hub writes it at its first start)");
            token = Parse(File.ReadAllText(file)) is JsonObject tokens ? tokens[AccessPrincipal.KeyOf(role)]?.GetValue<string>() : null;
            if (string.IsNullOrEmpty(token)) return (null, $"{file} holds no token for the role {AccessPrincipal.KeyOf(role)}");
        }

        return token.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? (null, "EHP_TOKEN, or the token in credentials.json, holds a space or a character that no token has")
            : (token, null);
    }

    public Task<HubAnswer> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, null, "application/json", cancellationToken);

    /// <param name="mediaType">application/fhir+json for /fhir, application/json for /api.</param>
    public async Task<HubAnswer> SendAsync(HttpMethod method, string path, JsonNode? body, string mediaType, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Accept.Clear();
        request.Headers.Accept.ParseAdd(mediaType);
        if (body is not null) request.Content = new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, mediaType);
        return await AnswerAsync(request, cancellationToken);
    }

    public async Task<HubAnswer> SendAsync(HttpMethod method, string path, HttpContent content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        return await AnswerAsync(request, cancellationToken);
    }

    /// <summary>Reads an answer to its end and keeps nothing of it: for measuring.</summary>
    /// <returns>HTTP status.</returns>
    public async Task<int> ReadAsync(string path, string mediaType, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd(mediaType);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await response.Content.CopyToAsync(Stream.Null, cancellationToken);
        return (int)response.StatusCode;
    }

    /// <exception cref="IOException">The hub did not give it.</exception>
    public async Task DownloadAsync(string path, Stream output, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            response.EnsureSuccessStatusCode();
            await response.Content.CopyToAsync(output, cancellationToken);
        }
        catch (HttpRequestException fault)
        {
            throw new IOException($"{path} could not be read: {fault.Message}", fault);
        }
    }

    private async Task<HubAnswer> AnswerAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.SendAsync(request, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            return new((int)response.StatusCode, Parse(text), text);
        }
        catch (HttpRequestException fault) when (fault.HttpRequestError == HttpRequestError.SecureConnectionError)
        {
            return new(0, null, $"{http.BaseAddress} is not trusted, or does not speak TLS: name its authority with --authority");
        }
        catch (HttpRequestException fault) when (fault.HttpRequestError is HttpRequestError.ResponseEnded or HttpRequestError.InvalidResponse)
        {
            return new(0, null, $"What answers at {http.BaseAddress} does not speak HTTP there: a hub behind TLS is named as --hub https://HOST:PORT");
        }
        catch (HttpRequestException)
        {
            return new(0, null, $"No hub answers at {http.BaseAddress}: start one with ./run, or say where it is with --hub");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(0, null, $"The hub at {http.BaseAddress} did not answer within {http.Timeout.TotalSeconds:0} seconds");
        }
    }

    public void Dispose() => http.Dispose();

    private static JsonNode? Parse(string text)
    {
        try
        {
            return text.Length == 0 ? null : JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What the hub said.</summary>
/// <param name="Status">HTTP status; 0 where nobody answered.</param>
public sealed record HubAnswer(int Status, JsonNode? Body, string Text)
{
    public bool Good => Status is >= 200 and < 300;

    public int ExitCode => Status switch
    {
        >= 200 and < 300 => Output.ExitCode.Done,
        0 => Output.ExitCode.Unreachable,
        401 or 403 => Output.ExitCode.NotPermitted,
        _ => Output.ExitCode.Refused,
    };

    /// <summary>The reason in words: OperationOutcome or problem+json, else the status.</summary>
    public string Reason =>
        Status == 0 ? Text
        : Body?["issue"]?[0] is { } issue ? Joined(issue["details"]?["text"]?.GetValue<string>() ?? issue["code"]?.GetValue<string>(), Detail)
        : Body?["title"] is { } title ? Joined(title.GetValue<string>(), Detail)
        : $"HTTP {Status}";

    /// <summary>What was wrong this time, without what the number means in general; null where the hub does not say.</summary>
    public string? Detail => Body?["issue"]?[0] is { } issue ? issue["diagnostics"]?.GetValue<string>() : Body?["detail"]?.GetValue<string>();

    private static string Joined(string? meaning, string? detail) => string.IsNullOrEmpty(detail) || detail == meaning ? meaning ?? "" : $"{meaning}: {detail}";
}

/// <summary>Where the hub is.</summary>
public sealed record HubAddress(Uri Http, string DataDirectory);
