using EHealthPlus.Routing.Contracts.Messages;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir;

/// <summary>Names in two scripts, each kept as sent and told with its kind.</summary>
public class ChineseNameTests
{
    private const string Kind = "extension/0/valueCode";

    [Theory]
    [InlineData("CHAN 陳^TAI MAN 大文", "CHAN", "TAI MAN", "陳", "大文")]
    [InlineData("陳 CHAN^大文 TAI MAN", "CHAN", "TAI MAN", "陳", "大文")]
    [InlineData("CHAN TAI MAN 陳大文^", "CHAN TAI MAN", null, "陳大文", null)]
    [InlineData("CHAN 陳^TAI MAN", "CHAN", "TAI MAN", "陳", null)]
    [InlineData("CHAN  𡃁^Ka-yee 𠮷𪚥", "CHAN", "Ka-yee", "𡃁", "𠮷𪚥")]
    public void A_romanised_and_a_chinese_name_in_one_component_are_two_names(string sent, string family, string? given, string chineseFamily, string? chineseGiven)
    {
        var translation = Translate($"{sent}^^^MISS^^L");
        var patient = translation.Resource("Patient");
        Assert.Equal((family, given, "ABC", "official"), (patient.At("name/0/family"), patient.At("name/0/given/0"), patient.At($"name/0/{Kind}"), patient.At("name/0/use")));
        Assert.Equal((chineseFamily, chineseGiven, "IDE", "official"), (patient.At("name/1/family"), patient.At("name/1/given/0"), patient.At($"name/1/{Kind}"), patient.At("name/1/use")));
        Assert.Equal("MISS", patient.At("name/0/prefix/0"));
        Assert.Equal(LedgerDisposition.Mapped, translation.Row("PID[1]-5[1].1.1").Disposition);
        Assert.Contains("told apart", translation.Row("PID[1]-5[1].1.1").Rule, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("陳^大文", "陳", null)]
    [InlineData("陳大文", "陳大文", null)]
    [InlineData("O'BRIEN-CHAN^SIÂN", "O'BRIEN-CHAN", null)]
    [InlineData("陳CHAN^A", "陳CHAN", null)]
    [InlineData("CHAN 陳 TAI 大^A", "CHAN 陳 TAI 大", null)]
    [InlineData("陈^大文^^^^^L^I", "陈", "IDE")]
    [InlineData("ちん^だいぶん^^^^^L^P", "ちん", "SYL")]
    public void Any_other_name_stays_one_as_sent(string sent, string family, string? kind)
    {
        var patient = Translate(sent).Resource("Patient");
        Assert.Equal((family, kind, null), (patient.At("name/0/family"), patient.At($"name/0/{Kind}"), patient.At("name/1")));
    }

    [Fact]
    public void A_doctor_written_in_both_scripts_has_two_names()
    {
        var doctor = Translating.Translate(Translating.Message("ADT^A31^ADT_A05", Translating.Patient, "PD1||||D1^WONG 黃^MEI 美^^^DR^^^CLINIC")).Resource("Practitioner");
        Assert.Equal(("WONG", "MEI", "黃", "美"), (doctor.At("name/0/family"), doctor.At("name/0/given/0"), doctor.At("name/1/family"), doctor.At("name/1/given/0")));
        Assert.Equal("IDE", doctor.At($"name/1/{Kind}"));
    }

    private static Translation Translate(string name) =>
        Translating.Translate(Translating.Message("ADT^A28^ADT_A05", $"PID|1||1^^^H^MR||{name}||1980|F"));
}
