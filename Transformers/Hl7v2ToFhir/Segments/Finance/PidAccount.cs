using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Finance;

/// <summary>PID[Account]: the account that the patient's charges go to, known by its number (PID-18).</summary>
internal static class PidAccount
{
    /// <param name="status">R4 AccountStatus. In mode Merge, unknown leaves what the record holds.</param>
    /// <returns>No node where the message names no account.</returns>
    public static FhirNode Map(SegmentValue pid, string status, WriteMode mode)
    {
        var number = pid[18].First;
        if (number[1].Leaf < 0) return default;
        var mapping = pid.Mapping;
        var account = mapping.Resources.Begin("Account", SharingCategory.PersonalParticulars, mode);
        account.AddIdentifiers("identifier", pid[18], "AN"); // PID-18 CX[Identifier]
        account.Set("status", status);
        if (mapping.SubjectId is { } subject) account.ConstantItem("subject").Constant("reference", $"Patient/{subject}");
        else account.ReferItem("subject", mapping.Patient);
        mapping.Resources.Own(account, Key(mapping, number));
        return account;
    }

    /// <summary>What makes an account the same one again: its number and who gave it.</summary>
    public static IdKey Key(Mapping mapping, Value cx) =>
        mapping.Resources.Key("Account").Add(cx[1]).Add(cx[4][1].Leaf >= 0 ? cx[4][1] : cx[4][2]);
}
