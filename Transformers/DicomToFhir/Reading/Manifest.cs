using System.Text.Json;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Transformers.DicomToFhir.Reading;

/// <summary>A study manifest as <see cref="StudyManifest"/> describes it, read.</summary>
internal sealed record Manifest(
    string StudyInstanceUid, long Revision, long Conflicts, Attributes Patient, Attributes Study, IReadOnlyList<ManifestSeries> Series, IReadOnlyList<DocumentFault> Faults, AttributeLeaves Leaves)
{
    private static readonly Rejection NotOne = new(RejectionCode.StudyManifestInvalid, "The bytes are no study manifest");

    /// <returns>Rejection StudyManifestInvalid where they are none.</returns>
    public static Result<Manifest> Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDataSet.Parse(bytes);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return NotOne;
        }
    }

    private static Result<Manifest> Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("studyManifest", out var version) || version.ValueKind != JsonValueKind.Number || version.GetRawText() != "1"
            || !root.TryGetProperty("studyInstanceUid", out var uid) || uid.ValueKind != JsonValueKind.String
            || !root.TryGetProperty("revision", out var revision) || revision.ValueKind != JsonValueKind.Number || !revision.TryGetInt64(out var number)
            || !root.TryGetProperty("study", out var study)
            || !root.TryGetProperty("conflicts", out var conflicts) || conflicts.ValueKind != JsonValueKind.Number || !conflicts.TryGetInt64(out var against)
            || !root.TryGetProperty("patient", out var patient)
            || !root.TryGetProperty("series", out var series) || series.ValueKind != JsonValueKind.Array || series.GetArrayLength() == 0)
        {
            return NotOne;
        }

        var leaves = new AttributeLeaves();
        var person = Attributes.Read(patient, 1, 0, leaves);
        var attributes = Attributes.Read(study, 1, 0, leaves);
        var all = new List<ManifestSeries>();
        var faults = new List<DocumentFault>();
        foreach (var one in series.EnumerateArray())
        {
            if (one.ValueKind != JsonValueKind.Object || !one.TryGetProperty("attributes", out var of)
                || !one.TryGetProperty("instances", out var instances) || instances.ValueKind != JsonValueKind.Array) return NotOne;
            var at = all.Count + 1;
            var own = Attributes.Read(of, at, 0, leaves);
            all.Add(new(own, [.. instances.EnumerateArray().Select((instance, number) => Attributes.Read(instance, at, number + 1, leaves))]));
            faults.AddRange(instances.EnumerateArray().Zip(all[^1].Instances, FaultOf).OfType<DocumentFault>());
        }

        return new Manifest(uid.GetString()!, number, against, person, attributes, all, faults, leaves);
    }

    private static DocumentFault? FaultOf(JsonElement instance, Attributes attributes) =>
        instance.ValueKind == JsonValueKind.Object && instance.TryGetProperty("documentFault", out var fault) && fault.ValueKind == JsonValueKind.Number && fault.TryGetInt32(out var code)
            ? new(attributes.Text("00080018"), (RejectionCode)code)
            : null;
}

internal sealed record ManifestSeries(Attributes Attributes, IReadOnlyList<Attributes> Instances);

/// <summary>A document of the study that is kept, and whose content could not be taken into the manifest.</summary>
internal sealed record DocumentFault(string SopInstanceUid, RejectionCode Code);
