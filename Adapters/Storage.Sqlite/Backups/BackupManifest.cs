using System.Text.Json;

namespace EHealthPlus.Adapters.Storage.Sqlite.Backups;

/// <summary>The newest that a backup has of one source: what the source sent after it has to be sent again where the backup is put back.</summary>
/// <param name="LastMessageAt">When the hub received it; null where there is none.</param>
/// <param name="LastControlId">Its MSH-10.</param>
/// <param name="LastImageAt">When the newest instance of the newest study came; null where there is none.</param>
public sealed record BackedUpSource(string Id, DateTimeOffset? LastMessageAt, string? LastControlId, DateTimeOffset? LastImageAt);

/// <summary>What a backup holds, as backup.json beside the database says it.</summary>
/// <param name="Format">Of this file and of the folder; <see cref="Current"/>.</param>
/// <param name="TakenAt">When it began. Nothing that was acknowledged before is missing.</param>
/// <param name="Schema">Number of the newest migration in the database.</param>
/// <param name="DatabaseSha256">Of hub.db, in lower-case hexadecimal digits.</param>
/// <param name="Objects">Image objects that the database names as files; they stand in the folder that all backups share.</param>
/// <param name="WrappingKey">Id of the key without which nothing of it can be read; null for a database without one. The key is not in the backup.</param>
/// <param name="AuditEntries">Number of the newest entry of the audit trail.</param>
public sealed record BackupManifest(
    int Format, DateTimeOffset TakenAt, int Schema, long DatabaseBytes, string DatabaseSha256, long Objects, long ObjectBytes, string? WrappingKey, long AuditEntries,
    IReadOnlyList<BackedUpSource> Sources)
{
    public const int Current = 1;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Options);

    /// <returns>Null where it is no manifest, or one of a later program.</returns>
    internal static BackupManifest? Read(string path)
    {
        try
        {
            return File.Exists(path) && JsonSerializer.Deserialize<BackupManifest>(File.ReadAllBytes(path), Options) is { Format: Current } manifest ? manifest : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
