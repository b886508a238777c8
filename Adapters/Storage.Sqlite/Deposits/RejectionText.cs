using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.Storage.Sqlite.Deposits;

/// <summary>The words of a refusal as they are kept beside its code: the place, where there is one, and the detail.</summary>
internal static class RejectionText
{
    public static string? Write(Rejection? rejection) => rejection switch
    {
        null => null,
        { Location: { } place } => $"{place}: {rejection.Detail}",
        _ => rejection.Detail,
    };
}
