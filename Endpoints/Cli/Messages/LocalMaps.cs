using EHealthPlus.Transformers.Hl7v2ToFhir;
using EHealthPlus.Transformers.Hl7v2ToFhir.Configured;

namespace EHealthPlus.Endpoints.Cli.Messages;

/// <summary>Map files read where there is no hub (docs/maps.md).</summary>
public static class LocalMaps
{
    /// <summary>Puts the maps of a folder in force. A map of any source counts for the messages here, which have no source.</summary>
    /// <returns>Their faults; with one of them nothing is in force of its file.</returns>
    public static IReadOnlyList<string> Load(Hl7v2Translator translator, string folder)
    {
        if (!Directory.Exists(folder)) return [$"There is no folder {folder}"];
        var maps = new List<ConfiguredMap>();
        var faults = new List<string>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            var (map, found) = ConfiguredMapReader.Read(Path.GetFileName(file), File.ReadAllBytes(file));
            if (map is not null) maps.Add(map with { Source = "*" });
            faults.AddRange(found.Select(fault => fault.ToString()));
        }

        translator.Maps = new ConfiguredMaps(maps);
        return faults;
    }
}
