using EHealthPlus.Adapters.Storage.Sqlite.Packing;
using EHealthPlus.Adapters.Storage.Sqlite.Reading;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Keys;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.Storage.Sqlite.Sealing;

/// <inheritdoc/>
internal sealed class StoreKeys(SqliteStore store, KeyFolder folder, KeyRing ring) : IStoreKeys
{
    private const int RowOverhead = 512;
    private const int KeysShown = 1000;

    public async Task<StoreKeysOverview> GetAsync(CancellationToken cancellationToken)
    {
        using var reader = await store.ReadAsync(cancellationToken);
        var destroyed = reader.Prepare("SELECT count(*) FROM data_key WHERE state = 4");
        destroyed.Step();
        return new(WrappingKeys(reader), DataKeys(reader), destroyed.Int64(0), Progress(reader), ring.Damaged.Count);
    }

    public async Task<Result<StoreKeysOverview>> RotateAsync(RotationScope scope, string? providerId, AuditEntry audit, CancellationToken cancellationToken)
    {
        if ((await GetAsync(cancellationToken)).Reencryption is { FinishedAt: null }) return KeyRotation.Running;
        // On disk before a data key is wrapped with it. A rotation that is cut off here leaves a file that nothing needs.
        var wrapping = scope == RotationScope.Provider ? null : folder.Make();
        var provider = scope == RotationScope.Provider ? providerId ?? ProviderOfSource.Nobody : null;
        try
        {
            var rotated = await store.Writer.WriteAsync<bool>(
                session =>
                {
                    if (session.Rotation.Rotate(wrapping, scope != RotationScope.WrappingKey, provider, Time.Of(session.Now)) is { } rejection) return rejection;
                    session.Audit.Append(audit);
                    return true;
                },
                RowOverhead);
            if (!rotated.Accepted) return rotated.Rejection;
        }
        catch (RejectedException damaged)
        {
            return damaged.Rejection;
        }

        store.EncryptAnew();
        return await GetAsync(cancellationToken);
    }

    private static List<WrappingKeyLine> WrappingKeys(Reader reader)
    {
        var rows = reader.Prepare("SELECT fingerprint, made_at, retired_at FROM wrapping_key ORDER BY num DESC");
        var lines = new List<WrappingKeyLine>();
        while (rows.Step()) lines.Add(new(Convert.ToHexStringLower(rows.Blob(0)), Time.At(rows.Int64(1)), Time.At(rows.Int64OrNull(2))));
        return lines;
    }

    private static List<DataKeyLine> DataKeys(Reader reader)
    {
        var rows = reader.Prepare("SELECT num, provider, epoch, state, made_at FROM data_key WHERE state <> 4 AND purpose = 1 ORDER BY num DESC LIMIT ?1").Bind(1, KeysShown);
        var lines = new List<DataKeyLine>();
        while (rows.Step()) lines.Add(new(rows.Int64(0), rows.Text(1), rows.Int32(2), (DataKeyState)rows.Int32(3), Time.At(rows.Int64(4))));
        return lines;
    }

    private static ReencryptionProgress? Progress(Reader reader)
    {
        var row = reader.Prepare("""
            SELECT started_at, finished_at, plain, next_deposit + next_review + next_study + next_series + next_instance - 5,
              last_deposit + last_review + last_study + last_series + last_instance, failed
            FROM reencryption ORDER BY num DESC LIMIT 1
            """);
        return row.Step() ? new(Time.At(row.Int64(0)), Time.At(row.Int64OrNull(1)), row.Int64(2) == 1, row.Int64(3), row.Int64(4), row.Int64(5)) : null;
    }
}
