using System.Text;
using EHealthPlus.Adapters.Uploads.Answers;

namespace EHealthPlus.Tests.Adapters.Uploads;

/// <summary>The answer file as a crash leaves it.</summary>
public class AnswerFileTests
{
    [Fact]
    public void Answers_after_the_last_record_are_written_anew()
    {
        using var folder = new TemporaryFolder();
        var path = folder.At("answers");
        long kept;
        using (var before = new AnswerFile(path, 0))
        {
            before.Write("MSH|1\rMSA|AA|1\r"u8);
            before.Flush();
            kept = before.Length;
            before.Write("MSH|2\rMSA|AA|2\r"u8);
            before.Flush();
        }

        using (var after = new AnswerFile(path, kept))
        {
            after.Write("MSH|2\rMSA|AA|2\r"u8);
            after.Flush();
        }

        Assert.Equal("MSH|1\rMSA|AA|1\rMSH|2\rMSA|AA|2\r", File.ReadAllText(path, Encoding.ASCII));
    }
}
