namespace EHealthPlus.Adapters.Storage.Sqlite.Sealing;

/// <summary>What a data key is for. Stored as a number.</summary>
internal enum DataKeyPurpose
{
    /// <summary>Seals the content of one provider's deposits.</summary>
    Seal = 1,

    /// <summary>Keys the hashes by which a resource that did not change is told (Record/ContentHash.cs). One for the whole store, never replaced.</summary>
    ContentHash = 2,
}

/// <summary>A row of the table data_key, without the key.</summary>
internal readonly record struct DataKeyRow(long Number, DataKeyPurpose Purpose, string ProviderId, int Epoch);
