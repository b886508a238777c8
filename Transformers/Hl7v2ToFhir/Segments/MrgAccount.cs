using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>
/// MRG[Account]: the account number that goes up in the one of PID-18 (A35, A36, A41), is changed into it (A49), or moves with its
/// account to the patient of the PID (A44).
/// </summary>
internal static class MrgAccount
{
    /// <summary>The prior account is closed, as part of the one that stays; that one keeps the number as an old one.</summary>
    public static void Merge(SegmentValue mrg)
    {
        var mapping = mrg.Mapping;
        var number = mrg[3].First;
        if (number[1].Leaf < 0) return;
        var survivor = mapping.Account;
        var prior = PidAccount.Map(mapping, number, "inactive", WriteMode.Merge); // MRG-3 CX[Identifier]
        if (!survivor.Exists || prior == survivor) return;
        prior.Refer("partOf", survivor);
        mapping.Resources.Of(survivor).Mode = WriteMode.Merge;
        MrgPatient.OldNumber(survivor, number);
    }

    /// <summary>The account is the patient's from now on. At the citizen whom it is taken from, where the index knows him, it was an error.</summary>
    public static void Move(SegmentValue mrg)
    {
        var mapping = mrg.Mapping;
        var number = mrg[3].First;
        var account = mapping.Account;
        if (!account.Exists) account = mapping.Account = PidAccount.Map(mapping, number, "active", WriteMode.Merge);
        if (account.Exists) mapping.Resources.Of(account).Mode = WriteMode.Merge;
        if (number[1].Leaf < 0 || !mapping.ReturnToPatient(mapping.PatientNumber, prior: true)) return;
        PidAccount.Map(mapping, number, "entered-in-error", WriteMode.Merge);
        mapping.ReturnToPatient(mapping.PatientNumber);
    }
}
