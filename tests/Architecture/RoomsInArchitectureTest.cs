namespace EHealthPlus.Tests.Architecture;

/// <summary>docs/architecture.md says of every room what it holds, and of none that is not there.</summary>
public class RoomsInArchitectureTest
{
    private static readonly string[] Rooms = [.. Solution.References.Keys.Where(folder => folder.Split('/')[0] is "Routing" or "Transformers" or "Adapters" or "Monitoring")];

    /// <summary>The first cells of the table; several rooms of one floor may share a row: "Adapters/Mllp, Dimse".</summary>
    private static readonly string[] Described = [.. File.ReadLines(Path.Combine(Solution.Root, "docs/architecture.md"))
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && line.Split('|')[1].Contains('/', StringComparison.Ordinal))
        .SelectMany(line => line.Split('|')[1].Trim().Split('/', 2) is [var floor, var names] ? names.Split(", ").Select(name => $"{floor}/{name}") : [])];

    [Fact]
    public void Every_room_is_described_once() => Assert.Equal(Rooms.Order(StringComparer.Ordinal), Described.Order(StringComparer.Ordinal));
}
