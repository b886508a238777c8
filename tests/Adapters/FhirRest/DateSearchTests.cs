using System.Globalization;
using System.Net;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Tests.Adapters.FhirRest;

/// <summary>Date values with FHIR's precisions and prefixes (R4 3.1.1.4.10).</summary>
public sealed class DateSearchTests : InterfaceTests
{
    [Theory]
    [InlineData("2024", DateComparison.Equal, "2024-01-01T00:00:00+08:00", "2025-01-01T00:00:00+08:00")]
    [InlineData("2024-02", DateComparison.Equal, "2024-02-01T00:00:00+08:00", "2024-03-01T00:00:00+08:00")]
    [InlineData("eq2024-02-29", DateComparison.Equal, "2024-02-29T00:00:00+08:00", "2024-03-01T00:00:00+08:00")]
    [InlineData("ne2024-12-31", DateComparison.NotEqual, "2024-12-31T00:00:00+08:00", "2025-01-01T00:00:00+08:00")]
    [InlineData("lt2024-01-01T10:30", DateComparison.LessThan, "2024-01-01T10:30:00+08:00", "2024-01-01T10:31:00+08:00")]
    [InlineData("le2024-01-01T10:30Z", DateComparison.LessOrEqual, "2024-01-01T10:30:00Z", "2024-01-01T10:31:00Z")]
    [InlineData("gt2024-01-01T10:30:15Z", DateComparison.GreaterThan, "2024-01-01T10:30:15Z", "2024-01-01T10:30:16Z")]
    [InlineData("ge2024-01-01T10:30:15.5Z", DateComparison.GreaterOrEqual, "2024-01-01T10:30:15.5Z", "2024-01-01T10:30:15.6Z")]
    [InlineData("sa2024-01-01T10:30:15.123%2B08:00", DateComparison.StartsAfter, "2024-01-01T10:30:15.123+08:00", "2024-01-01T10:30:15.124+08:00")]
    [InlineData("eb2024-01-01T10:30:00-05:30", DateComparison.EndsBefore, "2024-01-01T10:30:00-05:30", "2024-01-01T10:30:01-05:30")]
    [InlineData("2024-01-01T10:30:00+08:00", DateComparison.Equal, "2024-01-01T10:30:00+08:00", "2024-01-01T10:30:01+08:00")]
    public async Task A_date_spans_its_precision(string value, DateComparison comparison, string from, string until)
    {
        await Fhir.GetAsync($"/fhir/Observation?patient={FhirInterface.Ann}&date={value}");

        var bound = Assert.Single(Fhir.Record.LastQuery!.Dates);
        Assert.Equal(new DateBound(comparison, Time(from), Time(until)), bound);
    }

    [Theory]
    [InlineData("2023-02-29")]
    [InlineData("2024-13")]
    [InlineData("2024-00")]
    [InlineData("2024-01-00")]
    [InlineData("2024-04-31")]
    [InlineData("24-01-01")]
    [InlineData("20240101")]
    [InlineData("2024-1-1")]
    [InlineData("2024-01-01T24:00")]
    [InlineData("2024-01-01T10:60")]
    [InlineData("2024-01-01T10")]
    [InlineData("2024-01-01T10:30:60Z")]
    [InlineData("2024-01-01T10:30:00%2B15:00")]
    [InlineData("2024-01-01T10:30:00.12345678Z")]
    [InlineData("ap2024")]
    [InlineData("xx2024")]
    [InlineData("GE2024")]
    [InlineData("0001")]
    [InlineData("9999")]
    [InlineData("2024-01-01,2024-01-02")]
    [InlineData("2024-01-01%20")]
    [InlineData("2024-01-01%0A")]
    [InlineData("٢٠٢٤")]
    public async Task What_is_no_date_is_refused(string value)
    {
        (await Fhir.GetAsync($"/fhir/Observation?patient={FhirInterface.Ann}&date={value}")).IsRefused(HttpStatusCode.BadRequest, 705);
    }

    [Fact]
    public async Task Repeated_dates_all_apply()
    {
        await Fhir.GetAsync($"/fhir/Observation?patient={FhirInterface.Ann}&date=ge2024&date=lt2025&_lastUpdated=gt2024-06-01T00:00:00Z");

        Assert.Equal([DateComparison.GreaterOrEqual, DateComparison.LessThan], Fhir.Record.LastQuery!.Dates.Select(bound => bound.Comparison));
        Assert.Equal(Time("2024-06-01T00:00:00Z"), Assert.Single(Fhir.Record.LastQuery.LastUpdated).From);
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
