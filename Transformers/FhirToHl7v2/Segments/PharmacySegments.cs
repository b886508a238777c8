using System.Text.Json;
using EHealthPlus.Transformers.FhirToHl7v2.Datatypes;
using EHealthPlus.Transformers.FhirToHl7v2.Reading;
using EHealthPlus.Transformers.FhirToHl7v2.Writing;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Transformers.FhirToHl7v2.Segments;

/// <summary>RXO and RXE with their TQ1, RXR, RXC and CDO, from MedicationRequest (HL7 v2.8.2 4A.4).</summary>
internal static class PharmacySegments
{
    private static readonly Fields Rxo = new(
        Code: 1, Least: 2, Most: 3, DoseUnit: 4, Form: 5, Instructions: 7, Substitution: 9, Amount: 11, AmountUnit: 12, Repeats: 13, Per: 17, Strength: 18, StrengthUnit: 19,
        Reason: 20, Rate: 21, RateUnit: 22, Daily: 23, More: 24, Volume: 25, VolumeUnit: 26, Category: 27, Pharmacy: 32, Address: 33, Phone: 36);

    private static readonly Fields Rxe = new(
        Code: 2, Least: 3, Most: 4, DoseUnit: 5, Form: 6, Instructions: 7, Substitution: 9, Amount: 10, AmountUnit: 11, Repeats: 12, Per: 22, Strength: 25, StrengthUnit: 26,
        Reason: 27, Rate: 23, RateUnit: 24, Daily: 19, More: 31, Volume: 33, VolumeUnit: 34, Category: 44, Pharmacy: 40, Address: 41, Phone: 45);

    /// <summary>The order as it was given. The encoded one contains it, and its drugs.</summary>
    public static void Ordered(MessageDraft draft, JsonElement request, JsonElement given)
    {
        var dosages = given.Items("dosageInstruction").ToList();
        TimingSegments.OfDrug(draft, given, dosages);
        var rxo = draft.Add("RXO");
        Drug(rxo, Rxo, draft.Source, request, given);
        foreach (var note in given.Items("note")) rxo.Set(6, note.Text("text"), 2, repetition: rxo.Repetitions(6));
        rxo.Set(28, given.Get("dispenseRequest").Get("dispenseInterval").Text("value"));
        Behind(draft, request, given, dosages);
    }

    public static void Encoded(MessageDraft draft, JsonElement request)
    {
        var dosages = request.Items("dosageInstruction").ToList();
        var rxe = draft.Add("RXE");
        Drug(rxe, Rxe, draft.Source, request, request);
        rxe.Set(15, request.Items("identifier").FirstOrDefault(identifier => identifier.Text("system")?.EndsWith(":RXE-15", StringComparison.Ordinal) == true).Text("value"));
        foreach (var verifier in draft.Source.Provenances(request).SelectMany(provenance => Provenances.Agents(provenance, "verifier"))) rxe.SetPerson(14, draft.Source, verifier);
        rxe.SetTime(32, request.Text("authoredOn"));
        rxe.Set(39, request.Get("dispenseRequest").Get("initialFill").Get("quantity").Text("value"));
        ObservationSegments.Notes(draft, request);
        TimingSegments.OfDrug(draft, request, dosages);
        Behind(draft, request, request, dosages);
    }

    private static void Drug(SegmentDraft rx, Fields at, CanonicalMessage source, JsonElement request, JsonElement order)
    {
        var medication = source.Resolve(request, order.Get("medicationReference"));
        var code = medication.Exists() ? medication.Get("code") : order.Get("medicationCodeableConcept");
        // A drug without any code is a name, as of a compound or a Chinese medicine formula.
        if (code.Has("coding")) rx.SetConcept(at.Code, code);
        else rx.Set(at.Code, code.Text("text"), 2);
        rx.SetConcept(at.Form, medication.Get("form"));
        foreach (var other in code.Items("coding").Skip(2)) rx.SetCoding(at.More, other, repetition: rx.Repetitions(at.More));
        var strength = medication.Items("ingredient").FirstOrDefault(ingredient => IsItself(ingredient, medication)).Get("strength");
        rx.SetQuantity(at.Strength, strength.Get("numerator"), at.StrengthUnit);
        // Where no volume was sent, the strength is that of one piece, which has no unit.
        if (strength.Get("denominator").Has("unit")) rx.SetQuantity(at.Volume, strength.Get("denominator"), at.VolumeUnit);
        Dosage(rx, at, order.Items("dosageInstruction").ToList());
        rx.SetConcept(at.Substitution, order.Get("substitution").Get("allowedCodeableConcept")).SetConcepts(at.Reason, order.Items("reasonCode"));
        var dispensing = order.Get("dispenseRequest");
        rx.SetQuantity(at.Amount, dispensing.Get("quantity"), at.AmountUnit).Set(at.Repeats, dispensing.Text("numberOfRepeatsAllowed"));
        foreach (var category in order.Items("category").Select(category => category.First("coding")).Where(coding => coding.Text("system")?.EndsWith("/v2-0480", StringComparison.Ordinal) == true))
            rx.Set(at.Category, category.Text("code"));
        var pharmacy = source.Resolve(dispensing.Get("performer"));
        rx.SetNumberedOrganization(at.Pharmacy, pharmacy).SetAddresses(at.Address, pharmacy.Items("address")).SetContacts(at.Phone, pharmacy.Items("telecom"));
    }

    private static void Dosage(SegmentDraft rx, Fields at, List<JsonElement> dosages)
    {
        var dosage = dosages.FirstOrDefault();
        var dose = TimingSegments.DoseOfDrug(dosages);
        var range = dose.Get("doseRange");
        if (range.Exists()) rx.SetQuantity(at.Least, range.Get("low"), at.DoseUnit).SetQuantity(at.Most, range.Get("high"), at.DoseUnit);
        else rx.SetQuantity(at.Least, dose.Get("doseQuantity"), at.DoseUnit);
        foreach (var instruction in dosage.Items("additionalInstruction").Where(instruction => instruction.Has("coding"))) rx.SetConcept(at.Instructions, instruction, repetition: rx.Repetitions(at.Instructions));
        foreach (var line in TimingSegments.WordsOfDrug(dosage)) rx.Set(at.Instructions, line, 2, repetition: rx.Repetitions(at.Instructions));
        if (IsDaily(dosage)) rx.SetCq(at.Daily, dosage.Get("maxDosePerPeriod").Get("numerator"));
        var ratio = dose.Get("rateRatio");
        rx.SetQuantity(at.Rate, ratio.Exists() ? ratio.Get("numerator") : dose.Get("rateQuantity"), at.RateUnit);
        if (ratio.Exists()) rx.Set(at.Per, UnitOfTime(ratio.Get("denominator").Text("code")) + ratio.Get("denominator").Text("value"));
    }

    private static void Behind(MessageDraft draft, JsonElement request, JsonElement order, List<JsonElement> dosages)
    {
        var dosage = dosages.FirstOrDefault();
        draft.Add("RXR").SetConcept(1, dosage.Get("route"), TableMaps.RouteOfAdministration).SetConcept(2, dosage.Get("site")).SetConcept(4, dosage.Get("method"), TableMaps.AdministrationMethod);
        var medication = draft.Source.Resolve(request, order.Get("medicationReference"));
        foreach (var ingredient in medication.Items("ingredient").Where(ingredient => !IsItself(ingredient, medication))) Component(draft, request, ingredient);
        draft.Restart("CDO");
        var lifetime = dosage.Get("maxDosePerLifetime");
        if (lifetime.Exists()) draft.AddNumbered("CDO").Set(2, "A").SetCq(3, lifetime).Set(4, "PL", 2);
        var period = dosage.Get("maxDosePerPeriod");
        if (period.Exists() && !IsDaily(dosage)) draft.AddNumbered("CDO").Set(2, "A").SetCq(3, period.Get("numerator")).Set(4, period.Get("denominator").Text("value"), 1, 1).Set(4, period.Get("denominator").Text("code"), 1, 2);
    }

    private static void Component(MessageDraft draft, JsonElement request, JsonElement ingredient)
    {
        var drug = draft.Source.Resolve(request, ingredient.Get("itemReference"));
        var code = drug.Exists() ? drug.Get("code") : ingredient.Get("itemCodeableConcept");
        var rxc = draft.Add("RXC").Set(1, ingredient.Text("isActive") switch { "true" => "A", "false" => "B", _ => null }).SetConcept(2, code);
        rxc.SetQuantity(3, ingredient.Get("strength").Get("numerator"), 4);
        foreach (var other in code.Items("coding").Skip(2)) rxc.SetCoding(7, other, repetition: rxc.Repetitions(7));
        var strength = drug.First("ingredient").Get("strength");
        rxc.SetQuantity(5, strength.Get("numerator"), 6);
        if (strength.Get("denominator").Has("unit")) rxc.SetQuantity(8, strength.Get("denominator"), 9);
    }

    // A drug with a strength is its own ingredient.
    private static bool IsItself(JsonElement ingredient, JsonElement medication) =>
        !ingredient.Has("isActive") && ingredient.Get("itemCodeableConcept") is { ValueKind: JsonValueKind.Object } item
        && (!medication.Has("code") || item.First("coding").Text("code") == medication.Get("code").First("coding").Text("code"));

    private static bool IsDaily(JsonElement dosage) => dosage.Get("maxDosePerPeriod").Get("denominator") is var period && period.Text("value") == "1" && period.Text("code") == "d";

    // A unit of time as in RXE-22 (HL7 v2.8.2 4A.4.4.22).
    private static string UnitOfTime(string? ucum) => ucum switch { "s" => "S", "min" => "M", "d" => "D", "wk" => "W", "mo" => "L", _ => "H" };

    /// <summary>Numbers of the fields that RXO and RXE have in common.</summary>
    private readonly record struct Fields(
        int Code, int Least, int Most, int DoseUnit, int Form, int Instructions, int Substitution, int Amount, int AmountUnit, int Repeats, int Per, int Strength, int StrengthUnit,
        int Reason, int Rate, int RateUnit, int Daily, int More, int Volume, int VolumeUnit, int Category, int Pharmacy, int Address, int Phone);
}
