using EHealthPlus.Adapters.FhirRest.Exchange;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.FhirRest.Registration;

/// <summary>What a transaction Bundle asks for: one citizen, the joining consent, and any sharing consents, in the order of its entries.</summary>
internal sealed record EnrolmentBundle(Enrolment Enrolment, IReadOnlyList<EnrolmentEntry> Entries)
{
    /// <returns>Null where faults were noted.</returns>
    public static EnrolmentBundle? Read(BodyElement bundle, IRegistry registry, DateOnly today, List<Issue> issues)
    {
        bundle.AllowOnly("resourceType", "id", "meta", "type", "entry");
        if (bundle.Text("type", required: true) is { } type && type != "transaction") bundle.FaultAt("type", "Only transaction");
        var entries = new List<EnrolmentEntry>();
        Enrolment? enrolment = null;
        string? fullUrl = null;
        var patients = 0;
        foreach (var entry in bundle.List("entry", required: true))
        {
            entry.AllowOnly("fullUrl", "resource", "request");
            if (entry.Object("resource", required: true) is not { } resource) continue;
            var resourceType = resource.Text("resourceType", required: true);
            CheckRequest(entry, resourceType);
            switch (resourceType)
            {
                case "Patient":
                    patients++;
                    enrolment = PatientBody.Read(resource);
                    fullUrl = entry.Text("fullUrl");
                    entries.Add(new(null, resource));
                    break;
                case "Consent":
                    if (ConsentBody.Read(resource, registry, today) is { } consent) entries.Add(new(consent, resource));
                    break;
                default:
                    resource.FaultAt("resourceType", "Patient or Consent");
                    break;
            }
        }

        if (patients != 1) bundle.FaultAt("entry", "Exactly one Patient");
        if (issues.Count > 0 || enrolment is null) return null;
        CheckConsents(bundle, entries, fullUrl, enrolment.DocumentNumber);
        return issues.Count > 0 ? null : new(enrolment, entries);
    }

    private static void CheckRequest(BodyElement entry, string? resourceType)
    {
        if (entry.Object("request", required: true) is not { } request) return;
        request.AllowOnly("method", "url");
        if (request.Text("method", required: true) is { } method && method != "POST") request.FaultAt("method", "Only POST");
        if (request.Text("url", required: true) is { } url && url != resourceType) request.FaultAt("url", "The type of the resource");
    }

    private static void CheckConsents(BodyElement bundle, List<EnrolmentEntry> entries, string? fullUrl, string documentNumber)
    {
        if (entries.Count(entry => entry.Consent?.Kind == ConsentKind.Joining) != 1)
        {
            bundle.FaultAt("entry", "Exactly one joining Consent: without it there is no account");
        }

        foreach (var (consent, resource) in entries)
        {
            if (consent is null) continue;
            var isOfPatient = consent.PatientReference is { } reference ? reference == fullUrl : consent.DocumentNumber == documentNumber;
            if (consent.SubstituteDecisionMakerId is not null) resource.FaultAt("performer", "Who enrols consents for himself: a substitute decision maker gives a Consent of its own, once the account is there");
            if (!isOfPatient) resource.FaultAt("patient", "Not the Patient of this Bundle: name its fullUrl, or its identity card number");
        }
    }
}

/// <param name="Consent">Null for the Patient.</param>
internal readonly record struct EnrolmentEntry(ConsentBody? Consent, BodyElement Resource);
