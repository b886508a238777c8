using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>PID[Account]: the account that the visit is charged to, known by its number alone.</summary>
public static class PidAccount
{
    /// <returns>No node where PID-18 is empty.</returns>
    public static FhirNode Map(SegmentValue pid) => pid.Mapping.Account = Map(pid.Mapping, pid[18], "active", WriteMode.CreateIfAbsent); // PID-18 CX[Identifier]

    /// <summary>An account by its number.</summary>
    /// <param name="status">Code of account-status.</param>
    internal static FhirNode Map(Mapping mapping, Value number, string status, WriteMode mode)
    {
        if (number[1].Leaf < 0) return default;
        var account = mapping.Resources.Begin("Account", SharingCategory.PersonalParticulars, mode);
        var identifier = account.Item("identifier");
        Cx.ToIdentifier(identifier, number);
        if (number[5].Leaf < 0) Cx.ConstantType(identifier, "AN");
        account.Set("status", status); // PID status
        mapping.ReferItemToSubject(account, "subject");
        return mapping.Resources.ShareOnce(account, AccountKey.Of(mapping, number));
    }
}
