using System.Globalization;
using EHealthPlus.Adapters.FhirRest.Search;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Registry;

namespace EHealthPlus.Adapters.FhirRest.Registration;

/// <summary>A consent as somebody wants to give it.</summary>
/// <param name="PatientReference">Patient/ID, or the fullUrl of the Bundle's Patient; null where the number is given.</param>
/// <param name="DocumentNumber">Identity card number in place of a reference.</param>
/// <param name="OneYear">False for a consent without end.</param>
/// <param name="SubstituteDecisionMakerId">Who gives it on behalf of the citizen; null for the citizen.</param>
internal sealed record ConsentBody(
    ConsentKind Kind, string? ProviderId, bool OneYear, string? PatientReference, string? DocumentNumber, string? SubstituteDecisionMakerId)
{
    /// <summary>
    /// Reads a FHIR Consent. What would narrow it in a way the hub does not enforce is refused:
    /// a consent that looks narrower than it works would be worse than none.
    /// </summary>
    /// <param name="today">In Hong Kong.</param>
    /// <returns>Null where faults were noted.</returns>
    public static ConsentBody? Read(BodyElement consent, IRegistry registry, DateOnly today)
    {
        consent.AllowOnly(
            "resourceType", "id", "meta", "language", "text", "status", "scope", "category", "patient", "dateTime", "performer", "policyRule", "provision");
        if (consent.Text("status", required: true) is { } status && status != "active") consent.FaultAt("status", "A consent is given as active");
        var kind = ReadKind(consent);
        var (reference, document) = ReadPatient(consent);
        var provision = consent.Object("provision", required: kind == ConsentKind.Sharing);
        provision?.AllowOnly("type", "period", "actor", "action");
        if (provision?.Text("type") is { } type && type != "permit") provision.Value.FaultAt("type", "Only permit");
        var oneYear = provision is not null && ReadOneYear(provision.Value, today);
        ReadAction(provision, kind);
        var providerId = provision is null ? null : ReadProvider(provision.Value, registry, kind);
        if (kind == ConsentKind.Joining && oneYear) provision!.Value.FaultAt("period", "A joining consent has no end: it holds until it is withdrawn");
        return kind is null ? null : new(kind.Value, providerId, oneYear, reference, document, ReadPerformer(consent));
    }

    private static ConsentKind? ReadKind(BodyElement consent)
    {
        var codes = consent.List("category", required: true).Select(category => category.CodeOf(FhirSystems.ConsentKind)).OfType<string>().ToList();
        switch (codes)
        {
            case ["joining"]:
                return ConsentKind.Joining;
            case ["sharing"]:
                return ConsentKind.Sharing;
            default:
                consent.FaultAt("category", $"One coding of {FhirSystems.ConsentKind}: joining or sharing");
                return null;
        }
    }

    /// <summary>Who agreed, where that is not the citizen: RelatedPerson/ID.</summary>
    public static string? ReadPerformer(BodyElement consent)
    {
        var performers = consent.List("performer");
        if (performers.Count > 1) consent.FaultAt("performer", "One: who gives the consent");
        if (performers.Count == 0 || performers[0].Text("reference", required: true) is not { } reference) return null;
        if (reference.StartsWith("RelatedPerson/", StringComparison.Ordinal)) return reference["RelatedPerson/".Length..];
        if (!reference.StartsWith("Patient/", StringComparison.Ordinal)) performers[0].FaultAt("reference", "RelatedPerson/ID of a substitute decision maker, or the Patient");
        return null;
    }

    /// <summary>The citizen that a resource names as patient: by reference, or by identity card number.</summary>
    public static (string? Reference, string? Document) ReadPatient(BodyElement consent)
    {
        if (consent.Object("patient", required: true) is not { } patient) return (null, null);
        if (patient.Text("reference") is { } reference) return (reference, null);
        if (patient.Object("identifier") is { } identifier && identifier.Text("system") == FhirSystems.HongKongIdentityCard
            && identifier.Text("value", required: true) is { } number)
        {
            return (null, IdentityCardNumber.Normalise(number));
        }

        patient.Fault($"A reference, or an identifier of {FhirSystems.HongKongIdentityCard}");
        return (null, null);
    }

    // The law knows one year and no end. The day is the client's; the moment at which the year ends is the hub's.
    private static bool ReadOneYear(BodyElement provision, DateOnly today)
    {
        if (provision.Object("period") is not { } period) return false;
        period.AllowOnly("start", "end");
        if (period.Text("start") is { } start && !Near(start, today)) period.FaultAt("start", "A consent begins on the day it is given");
        if (period.Text("end") is not { } end) return false;
        if (!Near(end, HongKongDay.Anniversary(today, 1))) period.FaultAt("end", "One year from today, or absent for a consent without end");
        return true;
    }

    // A day on either side: clocks and time zones differ, and one may count the last day or not.
    private static bool Near(string stated, DateOnly day) => stated.Length >= 10
        && DateOnly.TryParseExact(stated.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
        && Math.Abs(date.DayNumber - day.DayNumber) <= 1;

    private static void ReadAction(BodyElement? provision, ConsentKind? kind)
    {
        var expected = kind == ConsentKind.Joining ? "collect" : "access";
        foreach (var action in provision?.List("action") ?? [])
        {
            if (action.CodeOf("http://terminology.hl7.org/CodeSystem/consentaction") != expected) action.Fault($"Only {expected}");
        }
    }

    private static string? ReadProvider(BodyElement provision, IRegistry registry, ConsentKind? kind)
    {
        var actors = provision.List("actor", required: kind == ConsentKind.Sharing);
        if (kind == ConsentKind.Joining && actors.Count > 0) provision.FaultAt("actor", "A joining consent names no provider");
        if (kind != ConsentKind.Sharing || actors.Count == 0) return null;
        if (actors.Count > 1) provision.FaultAt("actor", "One provider: each has a sharing consent of its own");

        var actor = actors[0];
        if (actor.Object("reference", required: true) is not { } reference) return null;
        var id = reference.Text("reference") is { } text ? text[(text.LastIndexOf('/') + 1)..]
            : reference.Object("identifier") is { } identifier && identifier.Text("system") == FhirSystems.Provider ? identifier.Text("value", required: true)
            : null;
        if (id is not null && registry.GetProvider(id) is { Active: true }) return id;
        reference.Fault($"Organization/ID of a registered provider, or its identifier of {FhirSystems.Provider}");
        return null;
    }
}
