using System.Text.Json;
using EHealthPlus.Routing.Contracts.Messages;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir.Pharmacy;

/// <summary>Short pharmacy messages for the tests.</summary>
internal static class Prescribing
{
    public const string Orc = "ORC|NW|P1^EHR||||||||||D001^TESTDOCTOR^ONE";
    public const string Rxe = "RXE||D1^Testin 5 mg^99D|1||tab^tablet^99D";

    public static Translation Rde(params string[] segments) =>
        Translating.Translate(Translating.Message("RDE^O11^RDE_O11", [Translating.Patient, .. segments]));

    public static Translation Omp(params string[] segments) =>
        Translating.Translate(Translating.Message("OMP^O09^OMP_O09", [Translating.Patient, .. segments]));

    public static Translation Rds(params string[] segments) =>
        Translating.Translate(Translating.Message("RDS^O13^RDS_O13", [Translating.Patient, .. segments]));

    public static Translation Ras(params string[] segments) =>
        Translating.Translate(Translating.Message("RAS^O17^RAS_O17", [Translating.Patient, .. segments]));

    public static JsonElement Request(this Translation translation, int position = 0) => translation.Resource("MedicationRequest", position);

    public static JsonElement Dosage(this Translation translation, int position = 0) =>
        translation.Request().GetProperty("dosageInstruction")[position];
}
