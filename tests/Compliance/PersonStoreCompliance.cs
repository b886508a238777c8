using EHealthPlus.Routing.Contracts.Identity;
using static EHealthPlus.Tests.Compliance.Synthetic;

namespace EHealthPlus.Tests.Compliance;

public abstract class PersonStoreCompliance : StoreCompliance
{
    private static readonly PatientAlias Alias = new("synthetic-lab", "HOSP", "MRN1");
    private static readonly IndexAct Act = new("source:synthetic-lab", Noon, "synthetic rule");

    [Fact]
    public async Task An_enrolment_keeps_person_consent_and_audit_together()
    {
        var person = Person("A1234563");
        Assert.True(await Store.Persons.AddAsync(person, [], Joining(person.Id), Audit("enrol", person.Id), Cancel));
        await Store.ReopenAsync();
        Assert.Equal(person, await Store.Persons.GetAsync(person.Id, Cancel));
        Assert.Equal(person, await Store.Persons.FindByDocumentAsync("A1234563", Cancel));
        Assert.Equal([Joining(person.Id)], await Store.Consents.ForPersonAsync(person.Id, Cancel));
        Assert.Equal([Audit("enrol", person.Id)], await Store.Audit.ListAsync(person.Id, 10, Cancel));
        Assert.Equal(1, await Store.Persons.CountAsync(Cancel));
    }

    [Fact]
    public async Task A_document_number_is_enrolled_once_however_many_try()
    {
        var tries = await Task.WhenAll(Enumerable.Range(0, 16).Select(number => Task.Run(async () =>
        {
            var person = Person("A1234563", Id(number));
            return await Store.Persons.AddAsync(person, [], Joining(person.Id), Audit("enrol", person.Id), Cancel);
        })));
        Assert.Single(tries, added => added);
        Assert.Equal(1, await Store.Persons.CountAsync(Cancel));
        Assert.Single(await Store.Audit.ListAsync(null, 50, Cancel));
    }

    [Fact]
    public async Task Who_is_not_there_reads_as_null()
    {
        Assert.Null(await Store.Persons.GetAsync(PersonId, Cancel));
        Assert.Null(await Store.Persons.FindByDocumentAsync("A1234563", Cancel));
        Assert.Null(await Store.Persons.FindByAliasAsync(Alias, Cancel));
    }

    [Fact]
    public async Task A_local_number_finds_its_person_within_its_source_and_authority()
    {
        var person = Person("A1234563");
        await Store.Persons.AddAsync(person, [], Joining(person.Id), Audit(), Cancel);
        await Store.Persons.LinkAsync(person.Id, [Alias, Alias with { Value = "MRN2" }], Act, Audit("link"), Cancel);
        await Store.Persons.LinkAsync(person.Id, [Alias], Act, Audit("link"), Cancel);
        // What was linked already leaves no second entry.
        Assert.Single(await Store.Audit.ListAsync(null, 50, Cancel), entry => entry.Action == "link");
        Assert.Equal(person, await Store.Persons.FindByAliasAsync(Alias, Cancel));
        Assert.Equal(person, await Store.Persons.FindByAliasAsync(Alias with { Value = "MRN2" }, Cancel));
        Assert.Null(await Store.Persons.FindByAliasAsync(Alias with { SourceId = "synthetic-hospital" }, Cancel));
        Assert.Null(await Store.Persons.FindByAliasAsync(Alias with { AssigningAuthority = "OTHER" }, Cancel));
    }

    [Fact]
    public async Task A_local_number_that_is_linked_again_moves()
    {
        var (first, second) = (Person("A1234563"), Person("G123456A"));
        await Store.Persons.AddAsync(first, [], Joining(first.Id), Audit(), Cancel);
        await Store.Persons.AddAsync(second, [], Joining(second.Id), Audit(), Cancel);
        await Store.Persons.LinkAsync(first.Id, [Alias], Act, Audit("link"), Cancel);
        await Store.Persons.LinkAsync(second.Id, [Alias], Act, Audit("link"), Cancel);
        Assert.Equal(second, await Store.Persons.FindByAliasAsync(Alias, Cancel));
    }
}
