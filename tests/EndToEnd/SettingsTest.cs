using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.EndToEnd;

/// <summary>A setting that nobody can have meant: the hub says which in one line, and does not start.</summary>
public sealed class SettingsTest : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("Hub__Htpp", "127.0.0.1:8080", "Hub__Htpp is no setting of the hub")]
    [InlineData("Hub__MllpTls__Enable", "true", "Hub__MllpTls__Enable is no setting of the hub")]
    [InlineData("Hub__EmbeddedTokens", "maybe", "'maybe' at 'Hub:EmbeddedTokens'")]
    [InlineData("Hub__StudyQuietSeconds", "-5", "Hub__StudyQuietSeconds is -5: write a number above 0")]
    [InlineData("Hub__DicomAeTitle", "THISISTOOLONGFORIT", "Hub__DicomAeTitle is 'THISISTOOLONGFORIT'")]
    [InlineData("Hub__Http", "8080", "Hub__Http is '8080': write ADDRESS:PORT")]
    [InlineData("Hub__Mllp", "192.0.2.1:2575", "Hub__Mllp: this machine has no address 192.0.2.1")]
    [InlineData("Hub__MllpTls__Certificate", "/nowhere.pem", "Hub__MllpTls: Could not find file '/nowhere.pem'")]
    [InlineData("Hub__MllpTls__ClientAuthorities", "/nowhere.pem", "Hub__MllpTls__ClientAuthorities is set, but Hub__MllpTls__Certificate or Hub__MllpTls__Enabled=true is missing")]
    [InlineData("Hub__DicomTls__Key", "/nowhere.pem", "Hub__DicomTls__Key is set, but Hub__DicomTls__Certificate, which it belongs to, is missing")]
    [InlineData("Hub__HttpTls__Password", "secret", "Hub__HttpTls__Password is set, but Hub__HttpTls__Certificate, which it belongs to, is missing")]
    [InlineData("Hub__HttpTls__ClientAuthorities", "/nowhere.pem", "Hub__HttpTls__ClientAuthorities is ")]
    [InlineData("Hub__Maps", "/nowhere", "Hub__Maps: there is no folder /nowhere")]
    [InlineData("Hub__Terminology", "/nowhere", "Hub__Terminology: there is no folder /nowhere")]
    [InlineData("Hub__NoticeSmsToken", "one\ntwo", "Hub__NoticeSmsToken holds letters that a header cannot")]
    [InlineData("Hub__SyslogAuthorities", "/nowhere.pem", "Hub__SyslogAuthorities is of no use without Hub__Syslog")]
    public async Task A_setting_that_cannot_be_meant_stops_the_start_with_one_line(string name, string value, string said) =>
        Assert.Contains(said, await RefusedStart.OfAsync(folder.Path, (name, value)), StringComparison.Ordinal);
}
