using System.Text;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Hl7v2ToFhir;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir.Adt;

/// <summary>A merge that would merge nothing is refused, at the field that it lacks.</summary>
public sealed class MergeCheckTests
{
    private const string Pid = "PID|1||A123456(3)^^^HKID^NI~MRN0001^^^HOSPITAL^MR||TESTPATIENT^ALPHA||19700102|F||||||||||ACC0001^^^HOSPITAL^AN";
    private const string Pv1 = "PV1|1|I|W3^301^1||||||||||||||||V0001^^^HOSPITAL^VN";

    [Theory]
    [InlineData("A40", Pid, "MRG[1]-1")]
    [InlineData("A34", Pid, "MRG[1]-1")]
    [InlineData("A40", Pid + "\rMRG|", "MRG[1]-1")]
    [InlineData("A18", Pid + "\rMRG|\"\"", "MRG[1]-1")]
    [InlineData("A47", Pid + "\rMRG|^^^HOSPITAL^MR", "MRG[1]-1")]
    [InlineData("A30", "MRG|MRN0003^^^HOSPITAL^MR\r" + Pid, "MRG[2]-1")]
    [InlineData("A40", Pid + "\rMRG|MRN0003^^^HOSPITAL^MR\r" + Pid, "MRG[2]-1")]
    [InlineData("A40", Pid + "\r" + Pid + "\rMRG|MRN0003^^^HOSPITAL^MR", "MRG[1]-1")]
    [InlineData("A41", Pid + "\rMRG|MRN0001^^^HOSPITAL^MR", "MRG[1]-3")]
    [InlineData("A42", Pid + "\rMRG|MRN0001^^^HOSPITAL^MR\r" + Pv1, "MRG[1]-5")]
    public void Without_a_prior_number_it_is_refused(string trigger, string segments, string location) =>
        Assert.Equal((RejectionCode.RequiredFieldMissing, location), Refusal(trigger, segments));

    [Theory]
    [InlineData("A40", Pid + "\rMRG|MRN0001^^^HOSPITAL^MR", "MRG[1]-1")]
    [InlineData("A40", Pid + "\rMRG|A123456(3)^^^HKID^NI", "MRG[1]-1")]
    [InlineData("A41", Pid + "\rMRG|MRN0001^^^HOSPITAL^MR||ACC0001^^^HOSPITAL^AN", "MRG[1]-3")]
    [InlineData("A50", Pid + "\rMRG|MRN0001^^^HOSPITAL^MR||||V0001^^^HOSPITAL^VN\r" + Pv1, "MRG[1]-5")]
    public void A_number_does_not_go_up_in_itself(string trigger, string segments, string location) =>
        Assert.Equal((RejectionCode.RequiredFieldMissing, location), Refusal(trigger, segments));

    [Theory]
    // The identity card number is the same, the local one is not.
    [InlineData("A40", "MRG|A123456(3)^^^HKID^NI~MRN0003^^^HOSPITAL^MR")]
    // The same number of another hospital.
    [InlineData("A40", "MRG|MRN0001^^^OTHER^MR")]
    [InlineData("A34", "MRG||||MRN0003")]
    // What moves keeps its number (HL7 v2.8.2 3.3.43), and accounts of one patient can be merged.
    [InlineData("A43", "MRG|MRN0001^^^HOSPITAL^MR")]
    [InlineData("A36", "MRG|MRN0001^^^HOSPITAL^MR||ACC0003^^^HOSPITAL^AN")]
    public void A_prior_number_is_taken(string trigger, string mrg) => Assert.Null(Refusal(trigger, Pid + "\r" + mrg));

    private static (RejectionCode, string)? Refusal(string trigger, string segments)
    {
        var message = $@"MSH|^~\&|LAB|LABHK|HUB|HUB|20261121090000+0800||ADT^{trigger}|M1|P|2.5.1||||||UNICODE UTF-8" + "\r" + segments + "\r";
        var result = new Hl7v2Translator().Translate(Encoding.UTF8.GetBytes(message), Translating.Context());
        return result.Accepted ? null : (result.Rejection.Code, result.Rejection.Location!.ToString()!);
    }
}
