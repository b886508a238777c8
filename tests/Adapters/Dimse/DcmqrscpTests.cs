using EHealthPlus.Adapters.Dimse.User;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Tests.Adapters.Dimse.Fakes;
using EHealthPlus.Tests.EndToEnd.Running;
using EHealthPlus.Tests.Peers.Imaging;

namespace EHealthPlus.Tests.Adapters.Dimse;

/// <summary>We ask DCMTK's archive, and it gives to the hub's port: each side is the other's client.</summary>
public sealed class DcmqrscpTests
{
    private const int Count = 5;

    private static readonly InstanceKind Ct = new(TestInstance.CtImageStorage, "1.2.840.10008.1.2.1");

    [Fact]
    public async Task What_we_stored_there_is_found_and_moved_to_us_byte_by_byte()
    {
        await using var server = await DimseServer.StartAsync();
        var port = FreePort.Next();
        await using var archive = await DcmqrscpArchive.StartAsync(port, server.Port);
        await server.Registry.SaveAsync(new DicomPeer(DcmqrscpArchive.Title, "imaging", "127.0.0.1", port), default);
        var options = new DicomUserOptions { Host = "127.0.0.1", Port = port, CallingAeTitle = "EHEALTHPLUS", CalledAeTitle = DcmqrscpArchive.Title };
        await using (var sender = await DicomUser.OpenToStoreAsync(options, [Ct], [], TimeProvider.System, default))
        {
            for (var number = 1; number <= Count; number++)
            {
                Assert.Equal(0, (await sender.StoreAsync(Ct, $"2.25.66.{number}", new MemoryStream(DataSet(number)), default)).Status);
            }

            await sender.ReleaseAsync(default);
        }

        await using var user = await DicomQuery.OpenAsync(options, TimeProvider.System, default);
        var (matches, counts) = (0, (0, 0));
        await foreach (var answer in DicomQuery.FindAsync(user, Identifier("""{"00080052":{"vr":"CS","Value":["STUDY"]},"0020000D":{"vr":"UI","Value":["2.25.66"]}}"""), default))
        {
            if (answer.IsPending) matches++;
            else Assert.Equal(0, answer.Status);
        }

        await foreach (var answer in DicomQuery.MoveAsync(user, Identifier("""{"00080052":{"vr":"CS","Value":["STUDY"]},"0020000D":{"vr":"UI","Value":["2.25.66"]}}"""), "EHEALTHPLUS", default))
        {
            if (!answer.IsPending) counts = (answer.Status, answer.SubOperations!.Completed);
        }

        await user.ReleaseAsync(default);
        Assert.Equal(1, matches);
        Assert.Equal((0, Count), counts);
        for (var number = 1; number <= Count; number++) Assert.Equal(DataSet(number), server.Kept.BytesOf($"2.25.66.{number}"));
    }

    private static byte[] DataSet(int number) => TestInstance.DataSet($"2.25.66.{number}", number * 9000);

    private static ReadOnlyMemory<byte> Identifier(string json) => new FlatIdentifiers().Write(System.Text.Encoding.UTF8.GetBytes(json), DicomQuery.IdentifierSyntax, null).Value;
}
