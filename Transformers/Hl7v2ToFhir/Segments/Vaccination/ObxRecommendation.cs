using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Vaccination;

/// <summary>
/// OBX as ImmunizationRecommendation: which vaccines are due, by the forecast of RSP^K11 with the profile Z42 (CDC implementation guide
/// 1.5; no official map). One recommendation for each sub-id; all of a message are one resource, which the next forecast replaces.
/// </summary>
internal static class ObxRecommendation
{
    private const string Status = "http://terminology.hl7.org/CodeSystem/immunization-recommendation-status";
    private const string VaccinesDue = "30979-9";
    private const string VaccineType = "30956-7";
    private const string ComponentType = "38890-0";
    private const string SeriesStatus = "59783-1";
    private const string Reason = "30982-3";
    private const string Schedule = "59779-9";
    private const string DoseNumber = "30973-2";
    private const string SeriesName = "59780-7";
    private const string SeriesDoses = "59782-3";

    // Earliest, recommended, latest, overdue: the codes are those of R4 immunization-recommendation-date-criterion.
    private static readonly string[] Dates = ["30981-5", "30980-7", "59777-3", "59778-1"];

    /// <summary>True where the group forecasts a dose.</summary>
    public static bool IsForecast(ObxGroup group) =>
        group.HasAny(VaccinesDue, VaccineType, ComponentType) && (group.HasAny(VaccinesDue, SeriesStatus) || group.HasAny(Dates));

    /// <summary>Adds the group to the recommendation of the message.</summary>
    /// <param name="recommendations">No node at first.</param>
    public static void Add(ref FhirNode recommendations, VaccinationGroup dose, ObxGroup group)
    {
        var mapping = dose.Mapping;
        if (!recommendations.Exists) recommendations = Begin(mapping, dose, group);
        var item = recommendations.Item("recommendation");
        item.AddConcepts("vaccineCode", Vaccine(group)[5]); // OBX-5 recommendation.vaccineCode
        Forecast(item, group[SeriesStatus]);
        item.AddConcepts("forecastReason", group[Reason][5]); // OBX-5 recommendation.forecastReason
        foreach (var date in Dates)
        {
            var obx = group[date];
            if (!obx.Exists || !obx[5].HasValue) continue;
            var criterion = item.Item("dateCriterion");
            if (criterion.SetDateTime("value", obx[5])) criterion.SetConcept("code", obx[3]); // OBX-3 recommendation.dateCriterion.code OBX-5 recommendation.dateCriterion.value
        }

        Cwe.SetString(item, "series", group[SeriesName][5]); // OBX-5 recommendation.series
        ObxImmunization.SetNumber(item, "doseNumber", group[DoseNumber][5]); // OBX-5 recommendation.doseNumberPositiveInt
        ObxImmunization.SetNumber(item, "seriesDoses", group[SeriesDoses][5]); // OBX-5 recommendation.seriesDosesPositiveInt
        if (!recommendations.Has("authority")) recommendations.Refer("authority", CweOrganization.Map(group[Schedule][5])); // OBX-5 authority
        else CweOrganization.Map(group[Schedule][5]);
        foreach (var obx in group.Segments) ObxImmunization.Consume(obx);
    }

    /// <summary>True for an OBX that the recommendation tells.</summary>
    public static bool Tells(SegmentValue obx) => ObxGroup.Loinc(obx) is var loinc && (Dates.Contains(loinc)
        || loinc is VaccinesDue or VaccineType or ComponentType or SeriesStatus or Reason or Schedule or DoseNumber or SeriesName or SeriesDoses);

    private static FhirNode Begin(Mapping mapping, VaccinationGroup dose, ObxGroup group)
    {
        var recommendations = mapping.Resources.Begin("ImmunizationRecommendation", SharingCategory.BirthAndImmunisation);
        var key = mapping.Resources.Key("ImmunizationRecommendation");
        mapping.Resources.Own(recommendations, mapping.Patient.Exists ? key.Add(mapping.Patient.Utf8Of("id")) : key.Add("subject"));
        mapping.ReferToSubject(recommendations, "patient");
        var at = group.Segments.Find(obx => obx[14].HasValue);
        // When it was made: the observation, the place where a dose would stand, or the message.
        if (!(at.Exists && recommendations.SetDateTime("date", at[14])) && !recommendations.SetDateTime("date", dose.Rxa[3]) // OBX-14 date RXA-3 date
            && !recommendations.SetDateTime("date", mapping.Segments[0][7]))
            recommendations.SetInstant("date", mapping.Context.ReceivedAt);
        return recommendations;
    }

    private static SegmentValue Vaccine(ObxGroup group) =>
        group.Has(VaccinesDue) ? group[VaccinesDue] : group.Has(VaccineType) ? group[VaccineType] : group[ComponentType];

    // LOINC answer list LL940-8; R4 has five words of its own, and asks for one.
    private static void Forecast(FhirNode item, SegmentValue obx)
    {
        var concept = item.Object("forecastStatus");
        if (!obx.Exists || !obx[5].HasValue)
        {
            AbsentData.Set(concept);
            return;
        }

        var status = obx[5].First;
        var code = status[1].Text switch { "LA13421-5" => "complete", "LA13422-3" => "due", "LA13423-1" => "overdue", "LA27183-5" => "immune", "LA4216-3" => "contraindicated", _ => null };
        if (code is not null) concept.Item("coding").Constant("system", Status).Set("code", code, status[1].Leaf); // OBX-5 recommendation.forecastStatus
        Cwe.ToCodeableConcept(concept, status);
    }
}
