using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.DicomToFhir.Reading;

namespace EHealthPlus.Transformers.DicomToFhir;

/// <summary>Shows a study manifest as a list of its attributes, in their order, by tag and place; what documents could not be read stands before them.</summary>
public sealed class StudyManifestInspector : IMessageInspector
{
    public IReadOnlyList<MessageNode> Inspect(ReadOnlyMemory<byte> message, string defaultCharacterSet)
    {
        var read = Manifest.Read(message);
        if (!read.Accepted) return [];
        var leaves = read.Value.Leaves;
        return
        [
            .. read.Value.Faults.Select(fault => new MessageNode(fault.SopInstanceUid, "", $"{(int)fault.Code} {fault.Code}", new("documentFault"), [])),
            .. Enumerable.Range(0, leaves.Count).Select(leaf => new MessageNode(leaves[leaf].Location.ToString(), "", leaves[leaf].Text, leaves[leaf].Location, [])),
        ];
    }
}
