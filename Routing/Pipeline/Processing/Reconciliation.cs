using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Routing.Pipeline.Processing;

/// <summary>Brings what a message says together with what the record holds, so that the store only has to write.</summary>
internal sealed class Reconciliation(IRecordReader record, IResourceMerge merge)
{
    public async ValueTask<IReadOnlyList<TranslatedResource>> ReconcileAsync(
        IReadOnlyList<TranslatedResource> resources, CancellationToken cancellationToken)
    {
        // What is only created where it is absent needs no reading: the store leaves it out when it writes.
        Dictionary<ResourceKey, ReadOnlyMemory<byte>?> current = [];
        foreach (var resource in resources)
        {
            if (resource.Mode == WriteMode.Merge) current[KeyOf(resource)] = null;
        }

        if (current.Count > 0)
        {
            foreach (var stored in await record.ReadCurrentAsync([.. current.Keys], cancellationToken).ConfigureAwait(false))
            {
                current[new(stored.Type, stored.Id)] = stored.Json;
            }
        }

        var reconciled = new List<TranslatedResource>(resources.Count);
        foreach (var resource in resources)
        {
            if (resource.Mode == WriteMode.MessageOnly) continue;
            if (!current.TryGetValue(KeyOf(resource), out var known))
            {
                reconciled.Add(resource);
                continue;
            }

            if (known is not null && resource.Mode == WriteMode.CreateIfAbsent) continue;
            var written = known is { } json && resource.Mode == WriteMode.Merge ? merge.Merge(json, resource) : resource;
            reconciled.Add(written);

            // A resource may come twice in a message: the second meets the first.
            current[KeyOf(resource)] = written.Json;
        }

        return reconciled;
    }

    private static ResourceKey KeyOf(TranslatedResource resource) => new(resource.Type, resource.Id);
}
