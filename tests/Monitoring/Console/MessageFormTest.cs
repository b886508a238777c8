using EHealthPlus.Monitoring.Console.Messages;

namespace EHealthPlus.Tests.Monitoring.Console;

/// <summary>A message in the form where an engineer repairs it: one segment a line, however the sender ended them.</summary>
public sealed class MessageFormTest
{
    [Theory]
    [InlineData("MSH|A\rPID|1\r", "MSH|A\nPID|1\n")]
    [InlineData("MSH|A\nPID|1\n", "MSH|A\nPID|1\n")]
    [InlineData("MSH|A\r\nPID|1\r\n", "MSH|A\nPID|1\n")]
    [InlineData("MSH|A\rNTE|1||a\nb\r", "MSH|A\nNTE|1||a⟦0A⟧b\n")]
    public void Each_segment_has_a_line_of_its_own(string text, string form) => Assert.Equal(form, MessageText.ToForm(text));
}
