using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Answers;

/// <summary>
/// MSA[MessageHeader]: the answer to a message that the hub sent (HL7 v2.8.2 2.14.8). What went wrong stands in an OperationOutcome, one
/// issue for each ERR (2.14.5) and, of a master file, one for each MFA (8.5.3); the official maps have neither. Both belong to the message.
/// </summary>
internal static class MsaResponse
{
    private static readonly System.Buffers.SearchValues<byte> IdCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-."u8);

    public static void Map(Mapping mapping, FhirNode header)
    {
        var msa = mapping.First("MSA");
        if (!msa.Exists) return;
        var response = header.Object("response");
        Identifier(response, msa[2].First);
        var outcome = mapping.Resources.BeginShared("OperationOutcome", WriteMode.MessageOnly);
        mapping.Resources.Own(outcome, mapping.Resources.Key("OperationOutcome").Add(mapping.ControlId));
        foreach (var segment in mapping.Segments)
        {
            if (segment.Name == "ERR") ErrIssue.Add(outcome, segment);
            else if (segment.Name == "MFA") MfaIssue.Add(outcome, segment);
        }

        var refused = Code(response, msa[1].First);
        if (msa[3].HasValue)
        {
            var issue = outcome.Item("issue");
            issue.Set("severity", refused ? "error" : "information").Set("code", refused ? "processing" : "informational");
            issue.SetText("diagnostics", msa[3]); // MSA-3 text message
        }

        response.Refer("details", outcome);
    }

    // AE says that the message cannot be taken as it is, AR that it could not be taken now (2.9.2.2).
    private static bool Code(FhirNode response, Value code)
    {
        var meaning = code.IsOneOf("AA"u8, "CA"u8) ? "ok" : code.IsOneOf("AR"u8, "CR"u8) ? "transient-error" : "fatal-error";
        response.Set("code", meaning, code.Leaf); // MSA-1 response.code
        return meaning != "ok";
    }

    // The element is a FHIR id. A control id of another form is answered by the id that the hub makes of it.
    private static void Identifier(FhirNode response, Value control)
    {
        var text = control.Utf8;
        if (text.Length is > 0 and <= 64 && !text.ContainsAnyExcept(IdCharacters))
        {
            response.SetText("identifier", control); // MSA-2 response.identifier
            return;
        }

        control.Note(CarryReason.NotAnId);
        response.Set("identifier", control.Mapping is null ? "none" : Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(text))[..32]);
    }
}
