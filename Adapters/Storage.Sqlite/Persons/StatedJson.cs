using System.Text.Json;
using System.Text.Json.Serialization;
using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Routing.Contracts.Identity;

namespace EHealthPlus.Adapters.Storage.Sqlite.Persons;

/// <summary>What a source stated of a patient, as a review keeps it: JSON, packed.</summary>
[JsonSerializable(typeof(StatedIdentity))]
internal sealed partial class StatedJson : JsonSerializerContext
{
    public static byte[] Write(StatedIdentity stated) => Packed.Pack(JsonSerializer.SerializeToUtf8Bytes(stated, Default.StatedIdentity));

    public static StatedIdentity Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, Default.StatedIdentity) ?? throw new InvalidDataException("A review states nothing");
}
