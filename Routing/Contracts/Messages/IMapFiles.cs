namespace EHealthPlus.Routing.Contracts.Messages;

/// <summary>The map files that add to the official maps, as they were last read. Without a folder for them there are none.</summary>
public interface IMapFiles
{
    IReadOnlyList<MapFile> Files { get; }
}

/// <param name="Name">Without folder.</param>
/// <param name="Source">Id of the source that it is for, * for all, empty where the file could not be read so far.</param>
/// <param name="Fields">How many fields of it are in force: those of its last version without fault.</param>
/// <param name="ReadAt">When this state was read.</param>
/// <param name="Faults">Such as clinic.json:12: M07 R4 has no Patient.colour. Empty where all of it is in force.</param>
public sealed record MapFile(string Name, string Source, int Fields, DateTimeOffset ReadAt, IReadOnlyList<string> Faults);
