using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Finance;

/// <summary>What a BAR or DFT event does to the account (HL7 v2.8.2 6.4.1 to 6.4.10): opens, ends, purges, updates it, or posts to it.</summary>
internal static class AccountEvent
{
    /// <returns>The account; no node where PID-18 names none.</returns>
    public static FhirNode Map(SegmentValue pid, SegmentValue pv1)
    {
        var mapping = pid.Mapping;
        var type = mapping.Segments[0][9].First;
        var posting = type[1].Is("DFT"u8);
        var account = PidAccount.Map(mapping, pid[18].First, posting ? "active" : StatusOf(type[2]), posting ? WriteMode.CreateIfAbsent : WriteMode.Merge);
        if (!account.Exists) return default;
        if (StatusOf(type[2]) is not "unknown" and var status && !posting) account.Set("status", status, type[2].Leaf);
        var period = account.Object("servicePeriod");
        if (!mapping.Resources.Nulls(account, pv1[44], "servicePeriod.start")) period.SetDateTime("start", pv1[44]);
        if (!mapping.Resources.Nulls(account, pv1[45], "servicePeriod.end")) period.SetDateTime("end", pv1[45]);
        if (type[2].Is("P06"u8)) Ended(period, mapping.First("EVN"));
        return account;
    }

    private static string StatusOf(Value trigger) =>
        trigger.Is("P01"u8) ? "active"
        : trigger.Is("P06"u8) ? "inactive"
        // A purge takes back an account that should not have been (6.4.2).
        : trigger.Is("P02"u8) ? "entered-in-error"
        // P05, P10 and P12 change what belongs to the account, and say nothing of whether it is open.
        : "unknown";

    private static void Ended(FhirNode period, SegmentValue evn)
    {
        if (!period.SetDateTime("end", evn[6])) period.SetDateTime("end", evn[2]);
    }
}
