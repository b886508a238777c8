using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Routing.Contracts;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Monitoring.Console.Deposits;

/// <summary>One deposit with what is recomputed from its bytes: translation is pure, so it is as it was.</summary>
internal sealed class DepositView(Visit visit, DepositDetail detail)
{
    public DepositDetail Detail => detail;

    public DepositSummary Summary => detail.Summary;

    public DepositId Id => detail.Summary.Id;

    public string Target => $"deposit:{Id}";

    /// <summary>What the deposit is, or would be, processed from.</summary>
    public ReadOnlyMemory<byte> Bytes => detail.RepairedBytes ?? detail.Bytes;

    public Source? Source => Summary.SourceId is { } id ? visit.Get<IRegistry>().GetSource(id) : null;

    public Provider? Provider => Source is { } source ? visit.Get<IRegistry>().GetProvider(source.ProviderId) : null;

    public string CharacterSet => detail.CharacterSet is { Length: > 0 } named ? named : Source?.DefaultCharacterSet ?? "ASCII";

    /// <summary>From when it was taken up last to when it was decided: a replay counts from its own beginning. Null where it is not decided.</summary>
    public TimeSpan? LastPass
    {
        get
        {
            if (Summary.Elapsed is null || Detail.Saga?.Timeline is not { Count: > 0 } steps) return Summary.Elapsed;
            var taken = steps.LastOrDefault(step => step.State == DepositState.Received);
            return taken is null || taken == steps[0] ? Summary.Elapsed : steps[^1].At - taken.At;
        }
    }

    /// <summary>Only these can be taken up again by a person.</summary>
    public bool Mendable => Summary.State is DepositState.Refused or DepositState.Quarantined;

    /// <summary>The first citizen, which is all that is kept with the deposit: of several the others show as the source's own Patients.</summary>
    public IReadOnlyList<MessageSubject>? Subjects => detail.PersonId is { } person ? [new(person)] : null;

    /// <returns>Null where the message names no registered source: nothing can be translated then.</returns>
    public Result<Translation>? Translate() => Translate(Bytes);

    public Result<Translation>? Translate(ReadOnlyMemory<byte> bytes) => Source is { } source
        ? visit.Get<IMessageTranslator>().Translate(bytes, new(source, Id, Subjects, Summary.ReceivedAt))
        : (Result<Translation>?)null;

    public IReadOnlyList<MessageNode> Inspect() => visit.Get<IMessageInspector>().Inspect(Bytes, CharacterSet);

    public static async Task<DepositView?> LoadAsync(Visit visit)
    {
        if (!long.TryParse((string?)visit.Http.Request.RouteValues["id"], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var id)) return null;
        return await visit.Get<IDepositQueries>().GetAsync(new(id), visit.Aborted) is { } found ? new(visit, found) : null;
    }
}
