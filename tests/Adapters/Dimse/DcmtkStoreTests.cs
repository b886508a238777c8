using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

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
        using var folder = new TemporaryFolder();
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

    [Theory]
    [InlineData("-xi", "1.2.840.10008.1.2")]
    [InlineData("-xe", "1.2.840.10008.1.2.1")]
    [InlineData("-xd", "1.2.840.10008.1.2.1.99")]
    public async Task The_syntax_that_storescu_prefers_is_the_one_it_is_kept_in(string option, string transferSyntax)
    {
        await using var server = await DimseServer.StartAsync();
        using var folder = new TemporaryFolder();
        var file = folder.Write("1.dcm", TestInstance.File(TestInstance.DataSet("2.25.77.1", 7000), "2.25.77.1"));

        var (code, output) = await Dcmtk.RunAsync("storescu", "-v", option, "-aet", "TESTSCU", "-aec", "EHEALTHPLUS", "127.0.0.1", $"{server.Port}", file);

        Assert.True(code == 0, output);
        Assert.Equal(transferSyntax, Assert.Single(server.Kept.Kept.Values).TransferSyntaxUid);
    }

    [Fact]
    public async Task Compressed_pixels_come_through_as_they_are()
    {
        await using var server = await DimseServer.StartAsync();
        using var folder = new TemporaryFolder();
        var dataSet = TestInstance.Encapsulated("2.25.77.1", 50_001);
        var file = folder.Write("1.dcm", TestInstance.File(dataSet, "2.25.77.1", "1.2.840.10008.1.2.4.90"));

        var (code, output) = await Dcmtk.RunAsync("storescu", "-v", "-R", "-xv", "-aet", "TESTSCU", "-aec", "EHEALTHPLUS", "127.0.0.1", $"{server.Port}", file);

        Assert.True(code == 0, output);
        Assert.Equal(dataSet, server.Kept.BytesOf("2.25.77.1"));
        Assert.Equal("1.2.840.10008.1.2.4.90", server.Kept.Kept["2.25.77.1"].TransferSyntaxUid);
    }

    [Fact]
    public async Task An_unknown_calling_title_is_rejected()
    {
        await using var server = await DimseServer.StartAsync();

        var (code, output) = await Dcmtk.RunAsync("echoscu", "-v", "-aet", "STRANGER", "-aec", "EHEALTHPLUS", "127.0.0.1", $"{server.Port}");

        Assert.NotEqual(0, code);
        Assert.Contains("Calling AE Title Not Recognized", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Storescu_that_aborts_leaves_what_was_answered_and_no_more()
    {
        await using var server = await DimseServer.StartAsync();
        using var folder = new TemporaryFolder();
        var file = folder.Write("1.dcm", TestInstance.File(TestInstance.DataSet("2.25.77.1", 7000), "2.25.77.1"));

        await Dcmtk.RunAsync("storescu", "-v", "--abort", "-aet", "TESTSCU", "-aec", "EHEALTHPLUS", "127.0.0.1", $"{server.Port}", file);

        await Eventually.TrueAsync(() => server.Kept.Open == 0, "nothing is open");
        Assert.Equal("2.25.77.1", Assert.Single(server.Kept.Kept).Key);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Over_tls_the_certificate_says_who_it_is(bool ofOurs)
    {
        var ours = new Certificates("imaging authority");
        var client = (ofOurs ? ours : new Certificates("another authority")).Client();
        await using var server = await DimseServer.StartAsync(tls: new() { Certificate = ours.Server(), ClientAuthorities = [ours.Authority] });
        using var folder = new TemporaryFolder();
        var key = folder.Write("key.pem", System.Text.Encoding.ASCII.GetBytes(client.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()));
        var certificate = folder.Write("certificate.pem", System.Text.Encoding.ASCII.GetBytes(client.ExportCertificatePem()));
        var authority = folder.Write("authority.pem", System.Text.Encoding.ASCII.GetBytes(ours.Authority.ExportCertificatePem()));
        var file = folder.Write("1.dcm", TestInstance.File(TestInstance.DataSet("2.25.77.1", 300_000), "2.25.77.1"));

        var (code, output) = await Dcmtk.RunAsync(
            "storescu", "-v", "-aet", "TESTSCU", "-aec", "EHEALTHPLUS", "+tls", key, certificate, "+cf", authority, "127.0.0.1", $"{server.Port}", file);

        Assert.Equal(ofOurs, code == 0);
        if (ofOurs) Assert.Equal(client.GetCertHashString(HashAlgorithmName.SHA256), server.Registry.LastThumbprint);
        Assert.True(ofOurs == server.Kept.Kept.ContainsKey("2.25.77.1"), output);
    }
}
