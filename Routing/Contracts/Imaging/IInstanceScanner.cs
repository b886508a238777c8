using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Contracts.Imaging;

/// <summary>Reads data sets as they come in, part by part, without holding them. Pure: no I/O, no clock.</summary>
public interface IInstanceScanner
{
    /// <summary>Begins one data set, without preamble and file meta information.</summary>
    /// <param name="transferSyntaxUid">Of the presentation context, or of (0002,0010).</param>
    /// <param name="characterSet">
    /// Used in place of (0008,0005), for a sender that says none or the wrong one: a defined term of PS3.3 C.12.1.1.2, or BIG5; null leaves it to the
    /// data set.
    /// </param>
    /// <returns>A rejection where the transfer syntax is not known.</returns>
    Result<IInstanceScan> Begin(string transferSyntaxUid, string? characterSet);

    /// <summary>Begins one Part 10 file, with or without preamble and meta information (PS3.10-2024 section 7).</summary>
    IFileScan BeginFile(string? characterSet);
}

/// <summary>One data set on its way in. Not for two threads at once.</summary>
public interface IInstanceScan : IDisposable
{
    /// <returns>The first fault found; then the rest of the data set is not read.</returns>
    Rejection? Feed(ReadOnlySpan<byte> part);

    /// <summary>All has been fed.</summary>
    /// <returns>A rejection where it ends in the middle of an element, or lacks what an instance must say of itself.</returns>
    Result<InstanceSummary> Complete();
}

/// <summary>A scan that begins with file meta information.</summary>
public interface IFileScan : IInstanceScan
{
    /// <summary>Bytes before the data set: preamble, prefix and group 0002. Null until they have been fed; 0 for a file that has none.</summary>
    int? MetaLength { get; }

    /// <summary>(0002,0010), or what the first element looks like where there is no meta information. Null until it is known.</summary>
    string? TransferSyntaxUid { get; }
}
