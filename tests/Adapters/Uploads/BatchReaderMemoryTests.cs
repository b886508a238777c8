using System.Text;
using EHealthPlus.Adapters.Uploads.Batches;

namespace EHealthPlus.Tests.Adapters.Uploads;

/// <summary>What a long file costs in memory. The count is of the whole process, so nothing else may run beside it.</summary>
[Collection(nameof(BatchReaderMemoryTests))]
[CollectionDefinition(nameof(BatchReaderMemoryTests), DisableParallelization = true)]
public sealed class BatchReaderMemoryTests
{
    [Fact]
    public async Task A_long_file_is_read_without_holding_it()
    {
        var message = Encoding.ASCII.GetBytes("MSH|^~\\&|A\r" + new string('x', 1_400) + "\r");
        using var input = new RepeatedStream(message, 200_000);
        var reader = new BatchReader(input, 0, 10 * 1024 * 1024);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var count = 0;
        long most = 0;
        while (await reader.ReadAsync(CancellationToken.None) is not null)
        {
            if (++count % 20_000 == 0) most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        }

        Assert.Equal(200_000, count);
        Assert.InRange(most, 0, 4 * 1024 * 1024);
    }
}
