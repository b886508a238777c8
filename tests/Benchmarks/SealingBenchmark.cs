using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Record;
using EHealthPlus.Adapters.Storage.Sqlite.Sealing;

namespace EHealthPlus.Tests.Benchmarks;

/// <summary>What sealing adds to one message: its bytes (packed), its resources (packed) and its answer, beside a copy of the same as the floor.</summary>
public class SealingBenchmark
{
    private const int Resources = 12;

    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(DataKey.Length);

    private readonly DataKey key = new(1_000, "hospital", Key);
    private readonly byte[] bytes = Packed.Pack(SampleMessages.Result);
    private readonly byte[] body = RandomNumberGenerator.GetBytes(2_600);
    private readonly byte[] answer = RandomNumberGenerator.GetBytes(150);
    private readonly byte[] resource = RandomNumberGenerator.GetBytes(1_000);
    private readonly byte[] room = new byte[8_192];
    private readonly byte[] opened = new byte[8_192];
    private byte[] sealedBody = [];

    [GlobalSetup]
    public void Seal() => sealedBody = room.AsSpan(0, key.Seal(new(SealedColumn.SagaBody, 1), body, room)).ToArray();

    [Benchmark(Baseline = true, Description = "copy (floor)")]
    public int Copy()
    {
        bytes.CopyTo(room, 0);
        body.CopyTo(room, 0);
        answer.CopyTo(room, 0);
        return room[0];
    }

    [Benchmark(Description = "seal bytes, body and answer")]
    public int SealMessage() =>
        key.Seal(new(SealedColumn.DepositBytes, 1), bytes, room) + key.Seal(new(SealedColumn.SagaBody, 1), body, room) + key.Seal(new(SealedColumn.SagaAcknowledgement, 1), answer, room);

    [Benchmark(Description = "open a body")]
    public int Open()
    {
        var content = SealedContent.Read(sealedBody);
        key.Open(new(SealedColumn.SagaBody, 1), content, opened.AsSpan(0, content.Ciphertext.Length));
        return opened[0];
    }

    [Benchmark(Description = "bare hashes of 12 resources (as before)")]
    public int BareHashes()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        for (var at = 0; at < Resources; at++) SHA256.HashData(resource, hash);
        return hash[0];
    }

    [Benchmark(Description = "keyed hashes of 12 resources")]
    public long KeyedHashes()
    {
        long sum = 0;
        for (var at = 0; at < Resources; at++) sum += ContentHash.Of(Key, resource);
        return sum;
    }

    [Benchmark(Description = "hash of the message (no longer made)")]
    public int MessageHash()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        return SHA256.HashData(SampleMessages.Result, hash);
    }
}
