using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using EHealthPlus.Adapters.Dimse.Commands;
using EHealthPlus.Adapters.Dimse.Messages;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.Dimse.Provider;

/// <summary>
/// N-GET of a modality performed procedure step (Modality Performed Procedure Step Retrieve SOP class, PS3.4-2024 F.8; PS3.7-2024 10.1.2): what was said of
/// it, or those attributes that are asked for.
/// </summary>
internal sealed class StepRetrieveOperation(Operation operation, KnownPeer peer, ProvidedServices services) : IIncomingMessage
{
    /// <summary>Requested optional attributes are not supported (PS3.4-2024 F.8.2): a warning that some of what was asked for is not there.</summary>
    private const ushort SomeNotThere = 0x0001;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // The request has no data set: one that comes is of nobody.
    public ValueTask WriteAsync(ReadOnlyMemory<byte> part, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public async Task CompleteAsync()
    {
        if (operation.Command.RequestedSopInstanceUid is not { Length: > 0 } uid)
        {
            await operation.SendAsync(operation.Answer(new Rejection(RejectionCode.CommandSetInvalid, "No SOP instance UID")));
            return;
        }

        var found = await services.Steps.ReadAsync(PeerPrincipal.Of(peer), uid, operation.Cancelled);
        if (!found.Accepted)
        {
            DimseLog.StepRefused(services.Logger, peer.Name, found.Rejection.Code);
            await operation.SendAsync(operation.Answer(found.Rejection));
            return;
        }

        var (json, whole) = Asked(found.Value, operation.Command.Attributes);
        var written = services.Identifiers.Write(json, operation.Context.TransferSyntax, null);
        if (written.Accepted) await operation.SendAsync(operation.Answer(whole ? DimseStatus.Success : SomeNotThere), written.Value);
        else await operation.SendAsync(operation.Answer(written.Rejection));
    }

    public ValueTask AbandonAsync() => ValueTask.CompletedTask;

    private static (ReadOnlyMemory<byte> Json, bool Whole) Asked(ReadOnlyMemory<byte> step, IReadOnlyList<uint>? tags)
    {
        if (tags is null) return (step, true);
        using var document = JsonDataSet.Parse(step);
        var output = new ArrayBufferWriter<byte>(step.Length);
        var whole = true;
        using (var json = new Utf8JsonWriter(output, Plain))
        {
            json.WriteStartObject();
            foreach (var name in tags.Distinct().Order().Select(tag => tag.ToString("X8", CultureInfo.InvariantCulture)))
            {
                if (!document.RootElement.TryGetProperty(name, out var attribute))
                {
                    whole = false;
                    continue;
                }

                json.WritePropertyName(name);
                attribute.WriteTo(json);
            }

            json.WriteEndObject();
        }

        return (output.WrittenMemory, whole);
    }
}
