using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Contracts.Terminology;

/// <summary>What is wrong with a map file.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">Empty where the whole line is meant.</param>
public sealed record CodeMapFault(string File, int Line, string Column, string Reason);

/// <summary>A map file of the terminology folder.</summary>
/// <param name="Rows">Rows of it that are in force.</param>
/// <param name="LoadedAt">When what is in force was read; null where nothing of it is.</param>
/// <param name="Faults">What is wrong with the file as it stands now; what was read from it before stays in force.</param>
public sealed record CodeMapFile(string Name, int Rows, DateTimeOffset? LoadedAt, IReadOnlyList<CodeMapFault> Faults);

/// <summary>What loading a file changes.</summary>
/// <param name="Faults">Not empty: it cannot be loaded, and nothing else is said.</param>
/// <param name="Rows">Rows of the file that map something.</param>
/// <param name="Added">Rows that say something new.</param>
/// <param name="Removed">Rows of the file of that name in force that the new one lacks.</param>
/// <param name="Resolved">Codes on the list of unmapped ones that it maps from today on.</param>
public sealed record CodeMapEffect(
    string File, IReadOnlyList<CodeMapFault> Faults, int Rows, int Added, int Removed, IReadOnlyList<UnmappedCodeCount> Resolved);

/// <summary>The local maps in force.</summary>
public interface ILocalMaps
{
    /// <summary>By name.</summary>
    IReadOnlyList<CodeMapFile> Files { get; }

    /// <summary>Says what loading would change; changes nothing.</summary>
    /// <param name="file">Name of the file, without folder, such as my-lab.csv.</param>
    Task<Result<CodeMapEffect>> CheckAsync(string file, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Writes the file into the terminology folder, where it takes the place of one of that name, and brings it into force.</summary>
    /// <param name="record">Called before anything is written, with false where the file cannot be meant at all; what it throws stops the load.</param>
    Task<Result<CodeMapEffect>> LoadAsync(string file, ReadOnlyMemory<byte> content, Func<bool, Task> record, CancellationToken cancellationToken);
}
