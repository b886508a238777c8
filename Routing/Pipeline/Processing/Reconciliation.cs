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
        var keys = resources.Where(resource => resource.Mode == WriteMode.Merge).Select(KeyOf).Distinct().ToList();
        Dictionary<ResourceKey, ReadOnlyMemory<byte>> current = [];
        if (keys.Count > 0)
        {
            foreach (var stored in await record.ReadCurrentAsync(keys, cancellationToken).ConfigureAwait(false))
            {
                current[new(stored.Type, stored.Id)] = stored.Json;
            }
        }

        var reconciled = new List<TranslatedResource>(resources.Count);
        foreach (var resource in resources)
        {
            if (resource.Mode == WriteMode.MessageOnly) continue;
            var key = KeyOf(resource);
            var known = current.TryGetValue(key, out var json);
            if (known && resource.Mode == WriteMode.CreateIfAbsent) continue;
            var written = known && resource.Mode == WriteMode.Merge ? merge.Merge(json, resource) : resource;
            reconciled.Add(written);

            // A resource may come twice in a message: the second meets the first.
            current[key] = written.Json;
        }

        return reconciled;
    }

    private static ResourceKey KeyOf(TranslatedResource resource) => new(resource.Type, resource.Id);
}
