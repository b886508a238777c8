using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Keys;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Monitoring.Console.Api;

/// <summary>Keys of the encryption at rest: what is known of them, and their rotation. No key is ever shown.</summary>
internal static class KeyApi
{
    public static async Task ListAsync(Visit visit) => await Json.WriteAsync(visit.Http, await visit.Get<IStoreKeys>().GetAsync(visit.Aborted));

    public static async Task RotateAsync(Visit visit)
    {
        if (await Body.ReadAsync<Stated>(visit, "rotation") is not { } stated) return;
        if (stated.ProviderId is not null && visit.Get<IRegistry>().GetProvider(stated.ProviderId) is null)
        {
            await Problem.WriteAsync(visit.Http, RejectionCode.BodyInvalid, "providerId is not registered");
            return;
        }

        if (stated is { ProviderId: not null, WrappingKeyOnly: true })
        {
            await Problem.WriteAsync(visit.Http, RejectionCode.BodyInvalid, "The wrapping key is of no provider: state one of providerId and wrappingKeyOnly");
            return;
        }

        var scope = stated.ProviderId is not null ? RotationScope.Provider : stated.WrappingKeyOnly ? RotationScope.WrappingKey : RotationScope.Everything;
        var audit = AuditEntry.By(visit.Principal!, visit.Now, AuditAction.RotateKeys, null, stated.ProviderId is { } provider ? $"keys/{provider}" : "keys", true, scope.ToString());
        var rotated = await visit.Get<IStoreKeys>().RotateAsync(scope, stated.ProviderId, audit, visit.Aborted);
        if (rotated.Accepted) await Json.WriteAsync(visit.Http, rotated.Value);
        else await Problem.WriteAsync(visit.Http, rotated.Rejection);
    }

    private sealed record Stated(string? ProviderId = null, bool WrappingKeyOnly = false);
}
