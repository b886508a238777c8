using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.PersonIndex.Names;
using EHealthPlus.Tests.Population;
using EHealthPlus.Tests.Routing.Fakes;

namespace EHealthPlus.Tests.Routing.PersonIndex;

/// <summary>The measures of docs/benchmarks.md, on a smaller synthetic population.</summary>
public sealed class PopulationTests
{
    private readonly SyntheticPopulation population = new(1);

    [Theory]
    [InlineData(NameVariant.OtherSpelling)]
    [InlineData(NameVariant.GivenNameFirst)]
    [InlineData(NameVariant.GivenNameJoined)]
    [InlineData(NameVariant.GivenNameHyphenated)]
    [InlineData(NameVariant.EnglishNameAdded)]
    [InlineData(NameVariant.ChineseTraditional)]
    [InlineData(NameVariant.ChineseSimplified)]
    [InlineData(NameVariant.CommercialCode)]
    [InlineData(NameVariant.Jyutping)]
    [InlineData(NameVariant.JyutpingWithTones)]
    [InlineData(NameVariant.JyutpingJoined)]
    [InlineData(NameVariant.Pinyin)]
    [InlineData(NameVariant.PinyinJoined)]
    public void Ninety_five_of_a_hundred_names_are_found_in_each_form(NameVariant variant)
    {
        var draw = new Draw(7);
        var (found, asked) = (0, 0);
        for (var index = 0; index < 1_500; index++)
        {
            var citizen = population.Citizen(index);
            if (NameVariants.Of(citizen, variant, ref draw) is not { } name) continue;
            var (stated, known) = (NameReading.Of([name]), NameReading.Of(citizen.Person));
            asked++;
            if (NameKeys.Cantonese(stated).Intersect(NameKeys.Cantonese(known)).Any() || NameKeys.Mandarin(stated).Intersect(NameKeys.Mandarin(known)).Any()) found++;
        }

        Assert.True(found >= asked * 0.95, $"{found} of {asked}");
    }

    [Fact]
    public async Task Nobody_is_linked_to_somebody_else_and_everybody_to_himself()
    {
        var index = MemoryIndex.On(new MemoryStore(), new ManualTime()).Index;
        var citizens = Enumerable.Range(0, 200).Select(population.Citizen).ToList();
        foreach (var person in citizens.Select(citizen => citizen.Person))
        {
            var enrolment = new Enrolment(person.DocumentNumber, person.FamilyName, person.GivenName, person.ChineseName, person.Sex, person.BirthDate);
            Assert.True((await index.EnrolAsync(enrolment, "test", Role.Registrar, false, CancellationToken.None)).Accepted);
        }

        foreach (var (citizen, at) in citizens.Select((citizen, at) => (citizen, at)))
        {
            Assert.True((await index.MatchAsync("lab", OtherPerson.Stated(citizen.Person), null, CancellationToken.None)).Accepted);
            foreach (var resemblance in Enum.GetValues<Resemblance>())
            {
                var stated = OtherPerson.Of(citizen, population.Citizen(100_000 + at), resemblance);
                var matched = await index.MatchAsync("lab", stated, null, CancellationToken.None);
                Assert.False(matched.Accepted, $"{resemblance}");
            }
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_people() => Assert.Equal(population.Citizen(5).Person, new SyntheticPopulation(1).Citizen(5).Person);
}
