using System.Buffers;
using EHealthPlus.Adapters.Uploads.Folders;
using EHealthPlus.Routing.Contracts.Files;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Contracts.Uploads;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Adapters.Uploads.Http;

/// <summary>Streams one file into the working folder of its source. What it accepts is whole, and on disk under its name; from then on it is as one out of in/.</summary>
internal sealed class UploadReceiving(UploadOptions options, UploadRegister register, IRegistry registry, TimeProvider time, ILogger<UploadReceiving> logger)
{
    private int receiving;

    /// <param name="name">As the sender calls the file; what is no plain letter in it becomes an underscore.</param>
    /// <param name="recordAsync">Called once it is whole, before it is kept.</param>
    /// <param name="cancellationToken">Breaks the body off; a file that is whole is kept.</param>
    public async Task<Result<UploadStatus>> ReceiveAsync(
        string sourceId, string name, Stream body, Func<UploadStatus, Task> recordAsync, CancellationToken cancellationToken)
    {
        if (registry.GetSource(sourceId) is null || !SourceFolder.CanBe(sourceId)) return new Rejection(RejectionCode.SourceUnknown, "No source of that id is registered");
        if (Interlocked.Increment(ref receiving) > options.MaxReceiving)
        {
            Interlocked.Decrement(ref receiving);
            return new Rejection(RejectionCode.BacklogFull, $"{options.MaxReceiving} files are being received; send this one again soon");
        }

        var folder = new SourceFolder(options.Root, sourceId);
        var id = SourceFolder.NewId(time.GetUtcNow());
        var working = folder.WorkingOf(id);
        var kept = false;
        try
        {
            folder.Make();
            LastingName.MakeFolder(working.Folder);
            var copied = await CopyAsync(body, working.Receiving, sourceId, cancellationToken);
            if (!copied.Accepted) return copied.Rejection;
            var record = new UploadRecord { Id = id, SourceId = sourceId, Name = PlainName(name), TakenAt = time.GetUtcNow(), Bytes = copied.Value };
            await recordAsync(record.Status(UploadState.Waiting));
            record.Write(working.Record);
            register.Set(record.Status(UploadState.Waiting));
            LastingName.Move(working.Receiving, working.Content);
            kept = true;
            UploadLog.Taken(logger, id, sourceId, record.Bytes);
            return record.Status(UploadState.Waiting);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new Rejection(FileFault.Of(fault), "The file could not be kept; send it again later");
        }
        finally
        {
            Interlocked.Decrement(ref receiving);
            if (!kept) Forget(working, id);
        }
    }

    private async Task<Result<long>> CopyAsync(Stream body, string path, string sourceId, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
        long length = 0;
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.Asynchronous);
        try
        {
            while (true)
            {
                int read;
                try
                {
                    read = await body.ReadAsync(buffer, cancellationToken);
                }
                catch (Exception broke) when (broke is IOException or InvalidDataException or OperationCanceledException)
                {
                    UploadLog.BrokeOff(logger, sourceId, length);
                    return new Rejection(RejectionCode.FrameIncomplete, "The body broke off, or is longer than it may be");
                }

                if (read == 0) break;
                length += read;
                if (length > options.MaxUploadBytes) return new Rejection(RejectionCode.BodyTooLarge, $"A file may have {options.MaxUploadBytes} bytes");
                await file.WriteAsync(buffer.AsMemory(0, read), CancellationToken.None);
            }

            if (length == 0) return new Rejection(RejectionCode.UploadEmpty, "The body is empty");
            file.Flush(flushToDisk: true);
            return length;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Forget(WorkingFile working, string id)
    {
        register.Forget(id);
        try
        {
            if (Directory.Exists(working.Folder)) Directory.Delete(working.Folder, recursive: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Tidied at the next start: it is not whole, so no feed takes it up.
            UploadLog.Failed(logger, id, "http", LoggedFault.Of(fault));
        }
    }

    private static string PlainName(string name)
    {
        var plain = new string([.. name.Take(100).Select(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' or '.' or ' ' ? letter : '_')]).Trim(' ', '.');
        return plain.Length == 0 ? "upload" : plain;
    }
}
