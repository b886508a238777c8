using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Transformers.Dicom.Scanning;

/// <summary>Opens Part 10 files that can be sought in.</summary>
public static class FileOpening
{
    /// <summary>Reads what stands before the data set, and leaves the file where the data set begins.</summary>
    public static async ValueTask<Result<FileMeta>> ReadAsync(Stream file, CancellationToken cancellationToken)
    {
        byte[] start = new byte[4096];
        int held = 0;
        while (true)
        {
            int count = await file.ReadAtLeastAsync(start.AsMemory(held), start.Length - held, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            held += count;
            if (FileMetaReader.TryRead(start.AsSpan(0, held), ended: held < start.Length) is { } meta)
            {
                if (meta.Accepted) file.Position = meta.Value.Length;
                return meta;
            }
            Array.Resize(ref start, start.Length * 4);
        }
    }
}
