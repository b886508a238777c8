namespace EHealthPlus.Adapters.Uploads.Batches;

/// <summary>What stands at one place of a batch file (HL7 v2.8.2 2.10.3).</summary>
internal enum BatchPart
{
    /// <summary>FHS.</summary>
    FileHeader,

    /// <summary>BHS.</summary>
    BatchHeader,

    /// <summary>MSH and the segments after it.</summary>
    Message,

    /// <summary>BTS.</summary>
    BatchTrailer,

    /// <summary>FTS.</summary>
    FileTrailer,

    /// <summary>The whole file is one HL7 v2 XML document.</summary>
    Xml,

    /// <summary>Lines that belong to no message.</summary>
    Stray,
}

/// <param name="Bytes">As they stand in the file, line ends included; the first 64 KiB where it is longer than the limit.</param>
/// <param name="Length">In the file. In bytes.</param>
/// <param name="TooLong">Over the limit for a message: <paramref name="Bytes"/> is its head only.</param>
/// <param name="AtEnd">The file ends with it.</param>
internal readonly record struct BatchItem(BatchPart Part, ReadOnlyMemory<byte> Bytes, long Length, bool TooLong, bool AtEnd);
