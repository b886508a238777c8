using EHealthPlus.Routing.Contracts.Identity;

namespace EHealthPlus.Routing.PersonIndex.Matching;

/// <summary>Reads PID-8 (HL7 table 0001).</summary>
internal static class StatedSex
{
    /// <returns>Null where no sex is stated: the field is empty, or holds U (unknown), N (not applicable) or no code of the table.</returns>
    public static AdministrativeSex? Read(string code) => code switch
    {
        "F" or "f" => AdministrativeSex.Female,
        "M" or "m" => AdministrativeSex.Male,
        "O" or "o" or "A" or "a" => AdministrativeSex.Other,
        _ => null,
    };
}
