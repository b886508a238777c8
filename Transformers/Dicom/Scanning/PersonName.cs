using EHealthPlus.Routing.Contracts.Messages;

namespace EHealthPlus.Transformers.Dicom.Scanning;

/// <summary>A value of PN: up to three component groups of five components (PS3.5-2024 6.2.1).</summary>
internal static class PersonName
{
    private static readonly string[] Representations = ["A", "I", "P"];

    /// <returns>One name for each group that is not empty; given names in one, as PID-5.2 and .3 are.</returns>
    public static IReadOnlyList<StatedName> Groups(string value)
    {
        var names = new List<StatedName>(1);
        string[] groups = value.Split('=');
        for (int at = 0; at < groups.Length && at < Representations.Length; at++)
        {
            string[] components = [.. groups[at].Split('^').Select(component => component.Trim(' '))];
            string given = string.Join(' ', components.Skip(1).Take(2).Where(component => component.Length > 0));
            if (components[0].Length + given.Length > 0) names.Add(new StatedName(components[0], given, Representations[at]));
        }
        return names;
    }
}
