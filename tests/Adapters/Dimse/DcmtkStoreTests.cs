namespace EHealthPlus.Tests.Adapters.Dimse;

/// <summary>DCMTK's echoscu and storescu against the hub's port.</summary>
public class DcmtkStoreTests
{
    [Fact]
    public async Task Echoscu_is_answered()
    {
        await using var server = await DimseServer.StartAsync();

        var (code, output) = await Dcmtk.RunAsync("echoscu", "-v", "-aet", "TESTSCU", "-aec", "EHEALTHPLUS", "127.0.0.1", $"{server.Port}");

        Assert.True(code == 0, output);
        Assert.Contains("Success", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("16384")]
    [InlineData("4096")]
    [InlineData("131072")]
    public async Task What_storescu_sends_is_kept_byte_by_byte(string maxPdu)
    {
        await using var server = await DimseServer.StartAsync();
        using var folder = new TestFolder();
        for (var number = 1; number <= 20; number++)
        {
            var uid = $"2.25.77.{number}";
            folder.Write($"{number}.dcm", TestInstance.File(TestInstance.DataSet(uid, number * 7000), uid));
        }

        var (code, output) = await Dcmtk.RunAsync("storescu", "-v", "-aet", "TESTSCU", "-aec", "EHEALTHPLUS", "--max-send-pdu", maxPdu, "+sd", "127.0.0.1", $"{server.Port}", folder.Path);

        Assert.True(code == 0, output);
        Assert.Equal(20, server.Kept.Kept.Count);
        for (var number = 1; number <= 20; number++)
        {
            Assert.Equal(TestInstance.DataSet($"2.25.77.{number}", number * 7000), server.Kept.BytesOf($"2.25.77.{number}"));
        }

        Assert.All(server.Kept.Offers, offer => Assert.Equal("imaging", offer.SourceId));
    }
}
