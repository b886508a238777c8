using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using EHealthPlus.Transformers.Terminology.Tables;

namespace EHealthPlus.Tests.Transformers.Terminology;

/// <summary>Each of the official table maps is used by a map, or there is a reason why not.</summary>
public sealed partial class TableMapUseTests
{
    private static readonly Dictionary<string, string> Reasons = new()
    {
        ["AllowSubstitution"] = "maps its table to itself: the Substitution map writes that code system",
        ["AdmissionLevelOfCareCode"] = "PV2-40: the extension of the official row is only proposed there, and is no extension of R4",
        ["CountryCode"] = "gives each code of ISO 3166 itself again: XAD.6 goes to Address.country as sent",
        ["DischargedToLocation"] = "has no rows: each site has its own codes; a local map for table 0113 gives them",
        ["EventType"] = "MSH-9.2 is MessageHeader.eventCoding with the v2 table as its system, which says the same",
        ["FinancialClass"] = "has no rows: each site has its own codes; a local map for table 0064 gives them",
        ["MessageStructure"] = "MSH-9.3 says how the message is built, not what it says",
        ["OperatorID"] = "has no rows: each site has its own codes",
        ["Participation"] = "has one row, for PRT-4; the same table is mapped by ProviderRole",
        ["PreferredMethodOfContact"] = "PRT-23: the extension of the official row is only proposed there, and is no extension of R4",
        ["PrincipalLanguageOfMessage"] = "has no rows: MSH-19 is a language tag, taken as it stands where it is one",
        ["ProcessingID"] = "MSH-11 is in meta.tag with the v2 table as its system",
        ["ProcessingMode"] = "MSH-11.2: the FHIR side of the row is empty",
        ["PublicityCode"] = "PV2-21: the extension of the official row is only proposed there, and is no extension of R4",
        ["RequestedDispenseUnits"] = "has no rows: a unit is UCUM, or local",
        ["RequestedDosageForm"] = "has no rows: each site has its own codes",
        ["RequestedDrugStrengthVolumeUnits"] = "has no rows: a unit is UCUM, or local",
        ["RequestedGiveStrengthUnits"] = "has no rows: a unit is UCUM, or local",
        ["RequestedGiveUnits"] = "has no rows: a unit is UCUM, or local",
        ["SegmentActionCode"] = "steers what is done with a segment; its FHIR side is no element",
        ["SpecimenSourceTypeModifier"] = "has no rows: each site has its own codes",
        ["TestServiceDefaultDurationUnits"] = "has no rows: a unit is UCUM, or local",
        ["UniversalIDType"] = "HD.3 decides which URI HD.2 becomes, by code: Hd.Universal",
        ["VisitUserCode"] = "PV2-7: the extension of the official row is only proposed there, and is no extension of R4",
        ["YesNoIndicator"] = "Y and N become booleans: Codes.SetBoolean",
    };

    [Fact]
    public void Every_map_is_used_or_there_is_a_reason()
    {
        var used = Directory.EnumerateFiles(Path.Combine(Root(), "Transformers/Hl7v2ToFhir"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(file => Use().Matches(File.ReadAllText(file)).Select(found => found.Groups[1].Value)).ToHashSet(StringComparer.Ordinal);
        var all = typeof(TableMaps).GetProperties().Where(property => property.PropertyType == typeof(TableMap)).Select(property => property.Name).ToList();

        Assert.Equal(99, all.Count);
        used.Remove("All");
        Assert.Empty(used.Except(all));
        var unused = all.Except(used).Except(Reasons.Keys).Order(StringComparer.Ordinal);
        Assert.True(!unused.Any(), $"No map uses {string.Join(", ", unused)}: use it where its table stands, or say here why not");
    }

    [Theory]
    [InlineData("DischargedToLocation")]
    [InlineData("FinancialClass")]
    [InlineData("OperatorID")]
    [InlineData("RequestedGiveUnits")]
    public void What_is_said_to_have_no_rows_has_none(string map) =>
        Assert.Equal(0, ((TableMap)typeof(TableMaps).GetProperty(map)!.GetValue(null)!).Count);

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));

    [GeneratedRegex("TableMaps[.]([A-Za-z0-9]+)")]
    private static partial Regex Use();
}
