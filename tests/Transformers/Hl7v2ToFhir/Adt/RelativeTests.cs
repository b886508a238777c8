using static EHealthPlus.Tests.Transformers.Hl7v2ToFhir.AdtMessage;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir.Adt;

/// <summary>Next of kin, guarantor and insured: one RelatedPerson for one person.</summary>
public sealed class RelativeTests
{
    private const string Kin = "NK1|1|TESTPATIENT^BETA^^^^^L|SPO^Spouse^HL70063||^PRN^PH^^852^^21234567";
    private const string Guarantor = "GT1|1||TESTPATIENT^BETA||||||||SPO^Spouse^HL70063";
    private const string Insured = "IN1|1|P1|C1|SYNTHETIC INSURANCE LTD||||||||||||TESTPATIENT^BETA|SPO^Spouse^HL70063|19690304";

    [Fact]
    public void Kin_guarantor_and_insured_of_one_name_are_one_person()
    {
        var message = Translate("A08", Pid, Kin, Guarantor, Insured);

        var person = message.Only("RelatedPerson").Read();
        Assert.Equal("1969-03-04", person.At("birthDate"));
        Assert.Equal("SPS", person.At("relationship/0/coding/0/code"));
        Assert.Equal("GUAR", person.At("relationship/1/coding/0/code"));
        Assert.Null(person.At("relationship/2"));
        Assert.Equal($"RelatedPerson/{message.Only("RelatedPerson").Id}", message.Only("Coverage").Read().At("subscriber/reference"));
    }

    [Fact]
    public void He_is_the_same_one_where_a_message_has_only_one_of_them() =>
        Assert.Equal(Translate("A08", Pid, Kin).Only("RelatedPerson").Id, Translate("A08", Pid, Insured).Only("RelatedPerson").Id);

    [Fact]
    public void A_number_goes_before_the_name()
    {
        var numbered = "GT1|1|G0001^^^HOSPITAL|TESTPATIENT^BETA";

        Assert.Equal(Translate("A08", Pid, numbered).Only("RelatedPerson").Id, Translate("A08", Pid, Kin, numbered).Only("RelatedPerson").Id);
        Assert.Equal(Translate("A08", Pid, numbered).Only("RelatedPerson").Id, Translate("A08", Pid, "GT1|1|G0001^^^HOSPITAL|TESTPATIENT^RENAMED").Only("RelatedPerson").Id);
    }

    [Fact]
    public void Father_and_son_of_one_name_are_two()
    {
        var message = Translate("A08", Pid, "NK1|1|TESTPATIENT^BETA|FTH||||||||||||M|19400101", "NK1|2|TESTPATIENT^BETA|CHD||||||||||||M|20000101");

        Assert.Equal(2, message.Resources.Where(resource => resource.Type == "RelatedPerson").DistinctBy(resource => resource.Id).Count());
    }

    [Fact]
    public void The_mother_of_a_newborn_is_known_by_her_number()
    {
        var message = Translate("A08", Pid + "|||||||||||||M0001^^^HOSPITAL^MR", "NK1|1|TESTPATIENT^MOTHER|MTH||||||||||||||||||||||||||||||M0001^^^HOSPITAL");

        var mother = message.Only("RelatedPerson").Read();
        Assert.Equal("M0001", mother.At("identifier/0/value"));
        Assert.Equal("MOTHER", mother.At("name/0/given/0"));
        Assert.Equal("MTH", mother.At("relationship/0/coding/0/code"));
        Assert.Null(mother.At("relationship/1"));
    }

    [Fact]
    public void A_number_stated_once_holds_for_all_of_the_name_whose_birth_date_does_not_differ()
    {
        const string father = "NK1|1|TESTPATIENT^BETA|FTH||||||||||||M|19400101", son = "NK1|2|TESTPATIENT^BETA|CHD||||||||||||M|20000101";
        var message = Translate("A08", Pid, father, son, "GT1|1|G0001^^^HOSPITAL|TESTPATIENT^BETA|||||20000101", "NK1|3|TESTPATIENT^BETA|EMC");

        var people = message.Resources.Where(resource => resource.Type == "RelatedPerson").ToList();
        Assert.Equal(2, people.Count);
        Assert.Equal(["1940-01-01", "2000-01-01"], people.Select(person => person.Read().At("birthDate")!));
        Assert.Equal(["CHILD", "GUAR", "C"], Relations(people[1].Read()));
    }

    [Fact]
    public void A_message_full_of_relatives_is_read_in_one_go()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var message = Translate("A08", [Pid, .. Enumerable.Repeat("NK1|1|A^B", 19_000)]);

        Assert.Equal("B", message.Only("RelatedPerson").Read().At("name/0/given/0"));
        // Each compared with each took minutes.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(15), watch.Elapsed.ToString());
    }

    private static IEnumerable<string?> Relations(System.Text.Json.JsonElement person) => person.GetProperty("relationship").EnumerateArray().Select(relation => relation.At("coding/0/code"));
}
