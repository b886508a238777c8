using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>
/// MSA[MessageHeader], and ERR and MFA after it: which message an answer is for, and how it and each record of it fared (HL7 v2.8.2 2.14.8,
/// 2.14.5 and 8.5.3).
/// </summary>
public static class MsaMessageHeader
{
    /// <param name="header">The MessageHeader of the answer. Nothing happens where the message has no MSA.</param>
    public static void Map(Mapping mapping, FhirNode header)
    {
        var msa = mapping.First("MSA");
        if (!msa.Exists) return;
        // R4 asks for both: a control id that is no FHIR id leaves the whole answer carried.
        var code = CodeOf(msa[1].First);
        if (code is null || !IsId(msa[2].First.Utf8))
        {
            msa[2].Note(CarryReason.NotAnId);
            return;
        }

        var response = header.Object("response");
        response.SetText("identifier", msa[2]); // MSA-2 response.identifier
        response.Set("code", code, msa[1].First.Leaf); // MSA-1 response.code
        response.Refer("details", Details(mapping, msa));
    }

    /// <summary>True where the answer says that the message was taken.</summary>
    public static bool Accepts(SegmentValue msa) => msa[1].First.IsOneOf("AA"u8, "CA"u8);

    // HL7 table 0008. To send again what was not understood is of no use; CE is a fault of the receiver that may pass.
    private static string? CodeOf(Value code) => code.Text switch
    {
        "AA" or "CA" => "ok",
        "AE" or "AR" or "CR" => "fatal-error",
        "CE" => "transient-error",
        _ => null,
    };

    private static bool IsId(ReadOnlySpan<byte> text)
    {
        foreach (var b in text)
        {
            if (!char.IsAsciiLetterOrDigit((char)b) && b is not ((byte)'-' or (byte)'.')) return false;
        }

        return text.Length is > 0 and <= 64;
    }

    private static FhirNode Details(Mapping mapping, SegmentValue msa)
    {
        var err = mapping.First("ERR", msa.Index);
        var mfa = mapping.First("MFA", msa.Index);
        if (!err.Exists && !mfa.Exists && !msa[3].HasValue) return default;
        var outcome = mapping.Resources.BeginShared("OperationOutcome", WriteMode.MessageOnly);
        mapping.Resources.Own(outcome, mapping.Resources.Key("OperationOutcome").Add(mapping.ControlId));
        for (; err.Exists; err = mapping.First("ERR", err.Index + 1)) ErrOperationOutcome.Map(err, outcome);
        for (; mfa.Exists; mfa = mapping.First("MFA", mfa.Index + 1)) MfaOperationOutcome.Map(mfa, outcome);
        if (!msa[3].HasValue) return outcome;
        var text = outcome.Item("issue").Set("severity", Accepts(msa) ? "information" : "error").Set("code", Accepts(msa) ? "informational" : "processing");
        text.Object("details").SetText("text", msa[3]);
        return outcome;
    }
}
