using System.Globalization;
using System.Text;
using EHealthPlus.Routing.Contracts.Audit;

namespace EHealthPlus.Monitoring.Audit.Syslog;

/// <summary>
/// An audit entry as a syslog message (RFC 5424): facility 13 (log audit), severity 6 for a permit and 5 for a refusal, all of it in one
/// structured data element. It says who did what kind of thing and from where, never to whom or with what content: the number leads an
/// auditor to the entry. Texts that others wrote (reason, target) are not sent: of a refusal only its number, of a target only its type.
/// </summary>
internal static class SyslogMessage
{
    // 32473 is the number for examples (RFC 5612): the hub has no private enterprise number of its own.
    private const string Element = "audit@32473";
    private const string Application = "ehealthplus-hub";
    private const int Permit = 13 * 8 + 6;
    private const int Refusal = 13 * 8 + 5;
    private const int LongestMessageId = 32;

    public static string Of(AuditRecord record, string host, int processId)
    {
        var entry = record.Entry;
        var message = new StringBuilder(256);
        message.Append(CultureInfo.InvariantCulture, $"<{(entry.Permitted ? Permit : Refusal)}>1 {entry.At.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ} {Word(host, 255)} {Application} {processId} {Word(entry.Action, LongestMessageId)} [{Element}");
        Add(message, "number", record.Number.ToString(CultureInfo.InvariantCulture));
        // A citizen's account name may name the citizen.
        Add(message, "actor", string.Equals(entry.Role, "citizen", StringComparison.Ordinal) ? null : entry.Actor);
        Add(message, "role", entry.Role);
        Add(message, "provider", entry.ProviderId);
        Add(message, "source", entry.Origin?.SourceId);
        Add(message, "address", entry.Origin?.Address);
        Add(message, "certificate", entry.Origin?.Certificate);
        Add(message, "purpose", entry.PurposeOfUse);
        Add(message, "type", TypeOf(entry.Target));
        Add(message, "outcome", entry.Permitted ? "permitted" : "refused");
        Add(message, "code", entry.Permitted ? null : CodeOf(entry.Reason));
        return message.Append(']').ToString();
    }

    /// <summary>What is before the first separator, where it looks like a type: Observation of Observation/ID, deposit of deposit:12.</summary>
    private static string? TypeOf(string target)
    {
        var end = target.AsSpan().IndexOfAny('/', '?', ':');
        var type = end < 0 ? target.AsSpan() : target.AsSpan(0, end);
        return type.Length is > 0 and <= 64 && Types.Contains(type.ToString()) ? type.ToString() : null;
    }

    // A closed list: what is not on it could be a file's name.
    private static readonly HashSet<string> Types = new(StringComparer.Ordinal)
    {
        "deposit", "provider", "service-location", "source", "Patient", "Encounter", "Condition", "Procedure", "AllergyIntolerance", "RelatedPerson", "Coverage",
        "Practitioner", "PractitionerRole", "Organization", "Location", "Account", "ChargeItem", "Claim", "ServiceRequest", "Specimen", "DiagnosticReport", "Observation",
        "MedicationRequest", "MedicationDispense", "MedicationAdministration", "Immunization", "ImmunizationRecommendation", "DocumentReference", "Appointment",
        "AppointmentResponse", "Goal", "CarePlan", "CareTeam", "ClaimResponse", "Schedule", "Slot", "Task", "Communication", "ResearchSubject", "ResearchStudy", "Device",
        "Provenance", "Consent", "AuditEvent",
    };

    private static string? CodeOf(string reason) => reason.Length >= 3 && reason.AsSpan(0, 3).IndexOfAnyExceptInRange('0', '9') < 0 ? reason[..3] : null;

    private static void Add(StringBuilder message, string name, string? value)
    {
        if (string.IsNullOrEmpty(value)) return;
        message.Append(' ').Append(name).Append("=\"");
        foreach (var letter in value)
        {
            if (char.IsControl(letter)) continue;
            if (letter is '"' or '\\' or ']') message.Append('\\');
            message.Append(letter);
        }

        message.Append('"');
    }

    /// <summary>Printable ASCII without spaces, as the header fields want it; a hyphen for nothing.</summary>
    private static string Word(string text, int longest)
    {
        var word = new string([.. text.Where(letter => letter is > ' ' and <= '~').Take(longest)]);
        return word.Length == 0 ? "-" : word;
    }
}
