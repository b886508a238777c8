using System.Text;

namespace EHealthPlus.Transformers.Terminology.Local;

/// <summary>Comma-separated values after RFC 4180: quoted cells may hold commas, doubled quotation marks and line ends.</summary>
internal static class CsvLines
{
    /// <summary>The rows that hold anything, each with the line that it begins on.</summary>
    /// <param name="fault">Told of a quotation mark out of its place.</param>
    public static IEnumerable<(int Line, List<string> Cells)> Read(string text, Action<int, string> fault)
    {
        int line = 1, begun = 1;
        var cells = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        var closed = false;
        for (var at = 0; at <= text.Length; at++)
        {
            var character = at < text.Length ? text[at] : '\n';
            if (quoted)
            {
                if (at == text.Length)
                {
                    fault(begun, "A quotation mark is not closed");
                    yield break;
                }

                if (character != '"') cell.Append(character);
                else if (at + 1 < text.Length && text[at + 1] == '"') cell.Append(text[++at]);
                else (quoted, closed) = (false, true);
                if (character == '\n') line++;
                continue;
            }

            switch (character)
            {
                case '"' when cell.Length == 0 && !closed:
                    quoted = true;
                    break;
                case '"':
                    fault(line, "A quotation mark stands within a cell: put the whole cell in quotation marks and double the mark");
                    yield break;
                case ',':
                    Close();
                    break;
                case '\r' when at + 1 < text.Length && text[at + 1] == '\n':
                    break;
                case '\n' or '\r':
                    Close();
                    if (cells.Exists(value => value.Length > 0)) yield return (begun, cells);
                    cells = [];
                    begun = ++line;
                    break;
                default:
                    if (closed) fault(line, "Text stands behind a closing quotation mark");
                    cell.Append(character);
                    break;
            }
        }

        void Close()
        {
            cells.Add(cell.ToString());
            cell.Clear();
            closed = false;
        }
    }
}
