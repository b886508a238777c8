using System.Globalization;
using System.Text;

namespace EHealthPlus.Tests.Routing.Policy;

/// <summary>
/// A table of docs/policy: what a domain expert has read and approved. EHEALTHPLUS_POLICY=write writes it anew from the policy, to be read again
/// before it is committed.
/// </summary>
internal sealed class ApprovedTable
{
    private readonly Dictionary<(string Row, string Column), string> cells = [];
    private readonly List<string> rows = [];

    private ApprovedTable(IReadOnlyList<string> columns) => Columns = columns;

    public IReadOnlyList<string> Columns { get; }

    public IReadOnlyList<string> Rows => rows;

    public string this[string row, string column] => cells[(row, column)];

    public static string Folder { get; } = FindFolder();

    private static bool Writing => Environment.GetEnvironmentVariable("EHEALTHPLUS_POLICY") == "write";

    /// <summary>Reads the table; where it is to be written, makes it of the policy first.</summary>
    /// <param name="heads">Names of the cells that name a row.</param>
    /// <param name="rows">The cells that name each row; none of them holds a comma.</param>
    public static ApprovedTable Of(string name, string[] heads, IEnumerable<string[]> rows, string[] columns, Func<string[], string, string> cell)
    {
        var path = Path.Combine(Folder, name);
        if (Writing)
        {
            var text = new StringBuilder().AppendJoin(',', [.. heads, .. columns]).Append('\n');
            foreach (var row in rows) text.AppendJoin(',', [.. row, .. columns.Select(column => cell(row, column))]).Append('\n');
            File.WriteAllText(path, text.ToString());
        }

        var lines = File.ReadAllLines(path);
        var head = lines[0].Split(',');
        Assert.Equal([.. heads, .. columns], head);
        var table = new ApprovedTable(columns);
        foreach (var line in lines.Skip(1))
        {
            var parts = line.Split(',');
            Assert.Equal(head.Length, parts.Length);
            var row = Key(parts[..heads.Length]);
            table.rows.Add(row);
            for (var at = heads.Length; at < parts.Length; at++) table.cells.Add((row, head[at]), parts[at]);
        }

        return table;
    }

    public static string Key(params string[] parts) => string.Join(',', parts);

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "eHealthPlus.sln"))) return Path.Combine(folder.FullName, "docs", "policy");
        }

        throw new InvalidOperationException("The tests run outside the repository");
    }
}
