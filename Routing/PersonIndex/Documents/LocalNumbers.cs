using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Messages;

namespace EHealthPlus.Routing.PersonIndex.Documents;

internal static class LocalNumbers
{
    /// <summary>The numbers of a PID-3 that a source gave itself, each once.</summary>
    public static List<PatientAlias> Of(string sourceId, IReadOnlyList<StatedIdentifier> identifiers) =>
    [
        .. identifiers.Where(StatedDocument.IsLocalNumber)
            .Select(identifier => new PatientAlias(sourceId, identifier.AssigningAuthority, identifier.Value)).Distinct(),
    ];
}
