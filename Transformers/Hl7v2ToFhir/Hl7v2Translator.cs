using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Fhir.Writing;
using EHealthPlus.Transformers.Hl7v2.Er7;
using EHealthPlus.Transformers.Hl7v2ToFhir.Configured;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Messages;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;
using EHealthPlus.Transformers.Hl7v2ToFhir.Segments;
using EHealthPlus.Transformers.Terminology.Local;

namespace EHealthPlus.Transformers.Hl7v2ToFhir;

/// <summary>
/// HL7 v2 to FHIR R4 after the official v2-to-FHIR maps. Pure, and safe for use by many threads at once: each thread has its own
/// working arrays, which it keeps for the next message.
/// </summary>
public sealed class Hl7v2Translator : IMessageTranslator
{
    [ThreadStatic]
    private static Workbench? spare;

    private volatile ConfiguredMaps maps = ConfiguredMaps.None;
    private volatile LocalMaps localMaps = LocalMaps.None;

    /// <summary>
    /// What the sources' own codes mean: in force from the next message on. The maps themselves never change, so a translation, and its
    /// ledger, ends with those that it began with.
    /// </summary>
    public LocalMaps LocalMaps
    {
        get => localMaps;
        set => localMaps = value;
    }

    /// <summary>What map files add to the official maps: in force from the next message on.</summary>
    public ConfiguredMaps Maps
    {
        get => maps;
        set => maps = value;
    }

    /// <returns>
    /// The canonical message. Rejections: those of reading (201 to 203, 207, 208, 217), MessageTypeUnsupported, TriggerEventUnsupported, SegmentSequenceInvalid,
    /// RequiredFieldMissing for a merge that merges nothing.
    /// Its ledger reads the message's memory again when its rows are asked for: it must not have changed by then.
    /// </returns>
    public Result<Translation> Translate(ReadOnlyMemory<byte> message, TranslationContext context)
    {
        var bench = spare ?? new Workbench();
        // Taken until it is clean again.
        spare = null;
        var configured = maps;
        var local = localMaps;
        try
        {
            if (Map(bench.Mapping, message, context, configured, local) is { } rejection) return rejection;
            BundleWriter.Write(bench.Mapping.Arena, bench.Output, bench.Slices);
            var bundle = GC.AllocateUninitializedArray<byte>(bench.Output.Length);
            bench.Output.Written.CopyTo(bundle);
            return new Translation(bundle, Finished(bench, bundle), TranslationLedger.Count(bench.Mapping, message, context, configured, local))
            {
                Unmapped = bench.Mapping.Unmapped.ToList(),
            };
        }
        finally
        {
            bench.Clear();
            spare = bench;
        }
    }

    public bool IsAboutPatients(string messageCode, string triggerEvent) => MessageStructures.PatientsOf(messageCode, triggerEvent) != Patients.None;

    /// <summary>Reads and maps; nothing is written yet.</summary>
    internal static Rejection? Map(Mapping mapping, ReadOnlyMemory<byte> message, TranslationContext context, ConfiguredMaps configured, LocalMaps local)
    {
        var read = Er7Message.Read(message, context.Source.DefaultCharacterSet);
        if (!read.Accepted) return read.Rejection;
        mapping.Open(read.Value, context, local);
        var structure = MessageStructures.Find(mapping);
        if (!structure.Accepted) return structure.Rejection;
        structure.Value(mapping);
        if (configured != ConfiguredMaps.None) ConfiguredMapping.Map(mapping, configured);
        MshProvenance.Map(mapping);
        return null;
    }

    private static TranslatedResource[] Finished(Workbench bench, byte[] bundle)
    {
        var resources = new TranslatedResource[bench.Slices.Count];
        var next = 0;
        // Drafts and slices are both in the order of the arena; a draft without slice was folded or stayed empty.
        foreach (var draft in bench.Mapping.Resources.All)
        {
            if (next == resources.Length || bench.Slices[next].Resource != draft.Node) continue;
            var slice = bench.Slices[next];
            resources[next++] = new TranslatedResource(
                draft.Node.Name, draft.Node.TextOf("id")!, draft.Category, bundle.AsMemory(slice.Offset, slice.Length), draft.Mode,
                IndexEntry.Of(draft.Node), draft.Deleted, draft.AboutPatient) { SubjectId = draft.SubjectId };
        }

        return resources;
    }

    /// <summary>What one translation works with.</summary>
    private sealed class Workbench
    {
        public Mapping Mapping { get; } = new();

        public JsonOutput Output { get; } = new();

        public List<ResourceSlice> Slices { get; } = [];

        public void Clear()
        {
            Mapping.Close();
            Output.Clear();
            Slices.Clear();
        }
    }
}
