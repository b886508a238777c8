using System.Buffers;
using System.CommandLine;
using System.Text;
using EHealthPlus.Endpoints.Cli.Dicom;
using EHealthPlus.Endpoints.Cli.Hub;
using EHealthPlus.Endpoints.Cli.Output;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Dicom.Inspection;
using EHealthPlus.Transformers.Dicom.Reading;
using EHealthPlus.Transformers.Dicom.Scanning;
using EHealthPlus.Transformers.Dicom.Text;
using EHealthPlus.Transformers.Dicom.TransferSyntaxes;
using EHealthPlus.Transformers.Dicom.Writing;

namespace EHealthPlus.Endpoints.Cli.Commands;

/// <summary>ehp dicom: what one does with DICOM files and application entities.</summary>
public static class DicomCommand
{
    public static Command Create() => new("dicom", "DICOM files and application entities: dump, deidentify, peer, echo, send, find, get, move, step") { Dump(), DicomDeidentify.Create(), DicomPeerCommand.Create(), DicomEcho.Create(), DicomSend.Create(), DicomFind.Create(), DicomGet.Create(), DicomMove.Create(), DicomStep.Create() };

    private static TaughtCommand Dump()
    {
        var file = new Argument<string>("FILE") { Description = "DICOM file, with or without preamble and meta information" };
        var charset = new Option<string?>("--charset") { Description = "In place of what the file says (0008,0005): a defined term of DICOM such as ISO_IR 192, or BIG5" };
        var width = new Option<int>("--width") { Description = "So many characters of a value are shown", DefaultValueFactory = _ => 80 };
        var command = new TaughtCommand("dump", "Show a DICOM file: each element with tag, VR, length, keyword and value, sequences as a tree; with --json the DICOM JSON model (PS3.18 annex F). Needs no hub.", ["ehp dicom dump image.dcm", "ehp dicom dump image.dcm --json", "ehp dicom dump old.dcm --charset BIG5 --width 120"]) { file, charset, width };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var report = new Report(parsed.GetValue(HubOptions.Json));
            SpecificCharacterSet? set = null;
            if (parsed.GetValue(charset) is { } term && (set = SpecificCharacterSet.Find(term)) is null) return report.Fail(ExitCode.Usage, $"{term} is no character set of DICOM, and not BIG5");
            try
            {
                await using FileStream stream = File.OpenRead(parsed.GetValue(file)!);
                Result<FileMeta> meta = await FileOpening.ReadAsync(stream, cancellationToken);
                if (!meta.Accepted) return report.Fail(ExitCode.Refused, meta.Rejection.ToString());
                Rejection? damaged = report.Json
                    ? await WriteJsonAsync(stream, meta.Value, parsed.GetValue(charset), cancellationToken)
                    : await WriteTreeAsync(stream, meta.Value, set, Math.Max(parsed.GetValue(width), 8), cancellationToken);
                return damaged is null ? ExitCode.Done : report.Fail(ExitCode.Refused, damaged.ToString());
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                return report.Fail(ExitCode.Usage, fault.Message);
            }
        });
        return command;
    }

    private static async ValueTask<Rejection?> WriteTreeAsync(FileStream stream, FileMeta meta, SpecificCharacterSet? set, int width, CancellationToken cancellationToken)
    {
        await using var screen = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 64 * 1024);
        if (meta.Length > meta.GroupStart)
        {
            byte[] group = new byte[meta.Length - meta.GroupStart];
            stream.Position = meta.GroupStart;
            await stream.ReadExactlyAsync(group, cancellationToken);
            using var reader = new ElementReader(TransferSyntax.ExplicitLittleEndian, new DataSetDump(screen, bigEndian: false, set, width));
            reader.Feed(group);
        }
        return await DataSetReader.ReadAsync(stream, meta.Syntax, new DataSetDump(screen, meta.Syntax.BigEndian, set, width), cancellationToken);
    }

    private static async ValueTask<Rejection?> WriteJsonAsync(FileStream stream, FileMeta meta, string? charset, CancellationToken cancellationToken)
    {
        var json = new ArrayBufferWriter<byte>();
        if (await new DataSetWriter().WriteJsonAsync(stream, meta.Syntax.Uid, charset, path => $"#{path}", json, null, cancellationToken) is { } damaged) return damaged;
        await using Stream screen = Console.OpenStandardOutput();
        await screen.WriteAsync(json.WrittenMemory, cancellationToken);
        await screen.WriteAsync("\n"u8.ToArray(), cancellationToken);
        return null;
    }
}
