using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>
/// ServiceRequest.status: an ORC-1 that ends or holds the order, else ORC-5, which may be the state that the order was in before; else any
/// other ORC-1, else what the report says of the order. The official map of HL7 table 0119 leaves many codes open and calls a cancelled and
/// a held order active, because the filler may yet decline; whoever reads the record must not take such an order for one that stands. If the
/// filler declines, his answer makes it active again.
/// </summary>
internal static class OrderStatus
{
    /// <param name="report">OBR-25.</param>
    public static void Set(FhirNode order, SegmentValue orc, Value report)
    {
        // Unknown is no news to the record: what was known stays.
        var implied = report.Text switch { "F" or "C" => "completed", "X" => "revoked", "" or "Y" or "Z" => "unknown", _ => "active" };
        if (!Stated(order, orc)) order.Set("status", implied, report.Leaf);
        // The report may say the same once more.
        else if (report.Leaf >= 0 && order.TextOf("status") == implied) order.AlsoFrom("status", report.Leaf);
    }

    private static bool Stated(FhirNode order, SegmentValue orc)
    {
        var (control, status) = (orc[1].First, orc[5].First);
        if (Ending(control.Utf8) is { } ended)
        {
            order.Set("status", ended, control.Leaf);
            if (status.Leaf >= 0 && TableMaps.OrderStatus.TryGet(status.Utf8, out var same) && same.CodeText == ended) order.AlsoFrom("status", status.Leaf);
            return true;
        }

        if (status.Leaf >= 0)
        {
            // HL7 table 0038 has a code for "some results are there", which the official map lacks.
            if (!status.Is("A"u8)) return order.SetMapped("status", status, TableMaps.OrderStatus); // ORC-5 OrderStatus
            order.Set("status", "active", status.Leaf);
            return true;
        }

        if (OfControl(control.Utf8) is { } known)
        {
            order.Set("status", known, control.Leaf);
            return true;
        }

        // PR stands before results of an earlier order: of that order it says nothing.
        return !control.Is("PR"u8) && order.TrySetMapped("status", control, TableMaps.OrderControlCodeServiceRequestStatus); // ORC-1 OrderControlCode[ServiceRequest.status]
    }

    // HL7 v2.8.2 4.5.1.1: asked for, or done.
    private static string? Ending(ReadOnlySpan<byte> control)
    {
        if (control.Length != 2) return null;
        return ((char)control[0], (char)control[1]) switch
        {
            ('C', 'A') or ('O', 'C') or ('C', 'R') => "revoked", // cancelled
            ('D', 'C') or ('O', 'D') or ('D', 'R') => "revoked", // discontinued
            ('R', 'P') or ('R', 'Q') or ('R', 'U') => "revoked", // the order that is replaced
            ('U', 'A') => "revoked", // unable to accept
            ('H', 'D') or ('O', 'H') or ('H', 'R') => "on-hold",
            _ => null,
        };
    }

    // The same: what the official map leaves open.
    private static string? OfControl(ReadOnlySpan<byte> control)
    {
        if (control.Length != 2) return null;
        return ((char)control[0], (char)control[1]) switch
        {
            ('U', 'R') => "on-hold", // unable to release
            ('U', 'C') or ('U', 'D') or ('U', 'H') or ('U', 'M') or ('U', 'X') => "active", // unable: it goes on as it was
            ('O', 'E') or ('O', 'R') => "active", // released
            ('X', 'O') or ('X', 'R') or ('X', 'X') or ('P', 'A') or ('C', 'H') => "active", // changed; parent, child
            _ => null,
        };
    }
}
