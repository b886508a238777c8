using System.Net;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Tests.Adapters.FhirRest;

/// <summary>Pages, their sealed cursors, and everything of one citizen.</summary>
public sealed class PagingTests : InterfaceTests
{
    private const string Base = $"/fhir/Observation?patient={FhirInterface.Ann}";

    [Fact]
    public async Task Following_next_gives_each_match_once()
    {
        for (var number = 1; number <= 7; number++) Fhir.FileObservation($"obs-{number}");

        var seen = new List<string>();
        var pages = 0;
        for (string? address = $"{Base}&_count=3&code=http://loinc.org|718-7"; address is not null; pages++)
        {
            var page = await Fhir.GetAsync(address);
            Assert.Equal((HttpStatusCode.OK, 7), (page.Status, page.Total));
            Assert.True(page.Ids.Count <= 3);
            seen.AddRange(page.Ids);
            address = page.Next;
        }

        Assert.Equal(Enumerable.Range(1, 7).Select(number => $"obs-{number}"), seen);
        Assert.Equal(3, pages);
        Assert.Equal(3, Fhir.Audit.Entries.Count);
    }

    [Fact]
    public async Task A_cursor_serves_only_the_search_and_the_bearer_it_was_given_for()
    {
        for (var number = 1; number <= 3; number++) Fhir.FileObservation($"obs-{number}");
        var next = (await Fhir.GetAsync($"{Base}&_count=1")).Next!;
        var cursor = next[(next.IndexOf("_cursor=", StringComparison.Ordinal) + 8)..];

        var changed = cursor[..^1] + (cursor[^1] == 'A' ? 'Q' : 'A');
        foreach (var forged in new[]
        {
            next.Replace(cursor, changed, StringComparison.Ordinal), $"{Base}&_count=1&_cursor=", $"{Base}&_count=1&_cursor=QDE", $"{Base}&_count=1&_cursor=%00%00",
            $"{Base}&_count=1&status=final&_cursor={cursor}", $"{Base}&_count=2&_cursor={cursor}",
            $"/fhir/Condition?patient={FhirInterface.Ann}&_count=1&_cursor={cursor}", $"/fhir/Observation?patient={FhirInterface.Ben}&_count=1&_cursor={cursor}",
            $"/fhir/Patient/{FhirInterface.Ann}/$everything?_count=1&_cursor={cursor}",
        })
        {
            (await Fhir.GetAsync(forged)).IsRefused(HttpStatusCode.BadRequest, 705);
        }

        (await Fhir.GetAsync(next, FhirInterface.Citizen)).IsRefused(HttpStatusCode.BadRequest, 705);
        Assert.Equal(["obs-2"], (await Fhir.GetAsync(next)).Ids);
    }

    [Fact]
    public async Task A_cursor_gives_nothing_once_the_consent_is_revoked()
    {
        for (var number = 1; number <= 3; number++) Fhir.FileObservation($"obs-{number}");
        var next = (await Fhir.GetAsync($"{Base}&_count=1")).Next!;
        Fhir.Consents.All[1] = Fhir.Consents.All[1] with { RevokedAt = FhirInterface.Start };

        (await Fhir.GetAsync(next)).IsRefused(HttpStatusCode.Forbidden, 512);
    }

    [Fact]
    public async Task A_page_is_never_larger_than_the_limit()
    {
        await Fhir.GetAsync($"{Base}&_count=100000");

        Assert.Equal(200, Fhir.Record.LastQuery!.Count);
    }

    [Fact]
    public async Task Everything_begins_with_the_citizen_and_the_consents_and_pages_through_the_record()
    {
        for (var number = 1; number <= 5; number++) Fhir.FileObservation($"obs-{number}");
        Fhir.FileObservation("obs-ben", FhirInterface.Ben);

        var seen = new List<string>();
        for (string? address = $"/fhir/Patient/{FhirInterface.Ann}/$everything?_count=4"; address is not null;)
        {
            var page = await Fhir.GetAsync(address);
            Assert.Equal(8, page.Total);
            Assert.True(page.Ids.Count <= 4);
            seen.AddRange(page.Ids);
            address = page.Next;
        }

        Assert.Equal(FhirInterface.Ann, seen[0]);
        Assert.Equal([FhirInterface.Ann, new string('1', 32), new string('2', 32), "obs-1", "obs-2", "obs-3", "obs-4", "obs-5"], seen);
    }

    [Fact]
    public async Task Everything_of_a_sources_patient_is_everything_of_the_citizen()
    {
        Fhir.Record.File("Patient", "src-1", FhirInterface.Ann, SharingCategory.PersonalParticulars, FhirInterface.Start);

        Assert.Contains(FhirInterface.Ann, (await Fhir.GetAsync("/fhir/Patient/src-1/$everything")).Ids);
    }

    [Theory]
    [InlineData("_since=2024")]
    [InlineData("_type=Observation")]
    [InlineData("start=2024-01-01")]
    public async Task Everything_refuses_what_it_does_not_filter_by(string parameter)
    {
        (await Fhir.GetAsync($"/fhir/Patient/{FhirInterface.Ann}/$everything?{parameter}")).IsRefused(HttpStatusCode.BadRequest, 704);
    }

    [Fact]
    public async Task Consents_are_paged_too()
    {
        var first = await Fhir.GetAsync("/fhir/Consent?_count=2", FhirInterface.Citizen);
        var second = await Fhir.GetAsync(first.Next!, FhirInterface.Citizen);

        Assert.Equal(3, first.Ids.Concat(second.Ids).Distinct().Count());
        Assert.Null(second.Next);
    }
}
