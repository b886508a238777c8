using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;
using EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>
/// Each PID of an event that merges must be followed by an MRG with the number that goes up in the one that stays (HL7 v2.8.2 3.3, 3.4.9). Without it
/// nothing would be merged, and the sender must not be told that something was.
/// </summary>
internal static class MergeCheck
{
    /// <returns>RequiredFieldMissing, also where a number would go up in itself; or null.</returns>
    public static Rejection? Find(Mapping mapping)
    {
        var number = AdtEvent.Of(mapping);
        // A44 and A45 can do without: PID-18 and PV1-19 name the account and the visit that move.
        var field = number switch
        {
            18 or 30 or 34 or 36 or 39 or 40 or 43 or 46 or 47 => 1,
            35 or 41 or 49 => 3,
            42 or 50 => 5,
            _ => 0,
        };
        return field == 0 ? null : Find(mapping, field, MayStay(number));
    }

    // A43 moves a number that stays as it is; A18 and A36 can merge accounts of one patient number.
    private static bool MayStay(int number) => number is 18 or 36 or 43;

    private static Rejection? Find(Mapping mapping, int field, bool mayStay)
    {
        HashSet<(string, string)>? staying = null;
        var (merges, awaited) = (0, false);
        foreach (var segment in mapping.Segments)
        {
            if (segment.Name == "PID")
            {
                if (awaited) break;
                (staying, awaited) = (Staying(segment, field), true);
            }
            else if (segment.Name == "MRG")
            {
                merges++;
                if (staying is null) continue;
                awaited = false;
                if (Fault(staying, segment, field, mayStay) is { } fault) return fault with { Location = new FieldLocation("MRG", merges, field) };
            }
        }

        return awaited ? new Rejection(RejectionCode.RequiredFieldMissing, "A merge needs an MRG behind the PID", new FieldLocation("MRG", merges + 1, field)) : null;
    }

    // The numbers that a prior one must differ from.
    private static HashSet<(string, string)> Staying(SegmentValue pid, int field)
    {
        var staying = field == 1 ? MrgPatient.Staying(pid) : [];
        // Of a patient also the number of PID-2, where PID-3 has none.
        staying.Add(MrgPatient.Named(field switch { 1 => PatientKey.NumberOf(pid), 3 => pid[18].First, _ => pid.Mapping.First("PV1", pid.Index)[19].First }));
        return staying;
    }

    private static Rejection? Fault(HashSet<(string, string)> staying, SegmentValue mrg, int field, bool mayStay)
    {
        var stated = false;
        // Before v2.3 the number of a patient was told in MRG-4.
        foreach (var prior in field == 1 && !mrg[1].HasValue ? mrg[4] : mrg[field])
        {
            if (prior[1].Leaf < 0) continue;
            stated = true;
            if (mayStay || !staying.Contains(MrgPatient.Named(prior))) return null;
        }

        return stated
            ? new Rejection(RejectionCode.RequiredFieldMissing, "A merge needs a prior number other than the one that stays")
            : new Rejection(RejectionCode.RequiredFieldMissing, "A merge needs the prior number");
    }
}
