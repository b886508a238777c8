using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Tests.Compliance;

/// <summary>The registry of application entities.</summary>
public abstract class DicomPeerCompliance : StoreCompliance
{
    [Fact]
    public async Task A_peer_is_found_by_its_title_also_after_a_restart()
    {
        await RegisterAsync();
        var peer = new DicomPeer("CT_ONE", "synthetic-pacs", "192.0.2.10", 104, "ISO_IR 192", MayStore: true, MayQuery: true);
        Assert.Equal(peer, (await Store.DicomPeers.SaveAsync(peer with { AeTitle = " CT_ONE  " }, Cancel)).Value);
        await Store.DicomPeers.SaveAsync(new("AA", "synthetic-pacs"), Cancel);

        Assert.Equal(peer, Store.DicomPeers.Find("CT_ONE"));
        Assert.Equal(peer, Store.DicomPeers.Find("CT_ONE          "));
        Assert.Null(Store.DicomPeers.Find("ct_one"));

        await Store.DicomPeers.SaveAsync(peer with { Active = false, Host = null, Port = null, CharacterSet = null, MayStore = false }, Cancel);
        await Store.ReopenAsync();
        Assert.Equal(peer with { Active = false, Host = null, Port = null, CharacterSet = null, MayStore = false }, Store.DicomPeers.Find("CT_ONE"));
        Assert.Equal(["AA", "CT_ONE"], Store.DicomPeers.All.Select(one => one.AeTitle));
    }

    [Theory]
    [InlineData("", "synthetic-pacs", RejectionCode.AeTitleInvalid)]
    [InlineData("   ", "synthetic-pacs", RejectionCode.AeTitleInvalid)]
    [InlineData("SEVENTEENLETTERS_", "synthetic-pacs", RejectionCode.AeTitleInvalid)]
    [InlineData("BACK\\SLASH", "synthetic-pacs", RejectionCode.AeTitleInvalid)]
    [InlineData("測試", "synthetic-pacs", RejectionCode.AeTitleInvalid)]
    [InlineData("CT_ONE", "nobody", RejectionCode.SourceUnknown)]
    public async Task What_is_no_peer_is_refused(string title, string source, RejectionCode code)
    {
        await RegisterAsync();

        Assert.Equal(code, (await Store.DicomPeers.SaveAsync(new(title, source), Cancel)).Rejection?.Code);
        Assert.Empty(Store.DicomPeers.All);
    }

    private async Task RegisterAsync()
    {
        await Store.Registry.SaveAsync(new Provider("synthetic-centre", "Synthetic Imaging Centre", "", ProviderKind.Clinic), Cancel);
        await Store.Registry.SaveAsync(new Source("synthetic-pacs", "synthetic-centre", "synthetic-centre-1", "PACS", "CENTRE"), Cancel);
    }
}
