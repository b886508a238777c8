using EHealthPlus.Routing.Credentials.People;

namespace EHealthPlus.Tests.Credentials.People;

public sealed class OneTimeCodeTests
{
    private static readonly byte[] Secret = "12345678901234567890"u8.ToArray();

    /// <summary>The SHA-1 vectors of RFC 6238 appendix B, their last six digits.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) => Assert.Equal(code, OneTimeCode.At(Secret, seconds / 30));

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_clock_may_be_one_step_off(int steps, bool taken)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1234567890);
        var step = (now.ToUnixTimeSeconds() / 30) + steps;

        Assert.Equal(taken ? step : null, OneTimeCode.StepOf(Secret, OneTimeCode.At(Secret, step), now, 0));
    }

    [Fact]
    public void A_code_up_to_the_last_used_is_not_taken_again()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1234567890);
        var step = now.ToUnixTimeSeconds() / 30;

        Assert.Null(OneTimeCode.StepOf(Secret, OneTimeCode.At(Secret, step), now, step));
        Assert.Null(OneTimeCode.StepOf(Secret, OneTimeCode.At(Secret, step - 1), now, step));
        Assert.Equal(step + 1, OneTimeCode.StepOf(Secret, OneTimeCode.At(Secret, step + 1), now, step));
    }

    [Fact]
    public void The_authenticator_gets_the_secret_in_base_32()
    {
        var uri = OneTimeCode.UriOf("doctor.test", Secret);

        Assert.Equal("otpauth://totp/eHealth%2B:doctor.test?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=eHealth%2B&algorithm=SHA1&digits=6&period=30", uri);
    }
}
