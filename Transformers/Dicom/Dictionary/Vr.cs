namespace EHealthPlus.Transformers.Dicom.Dictionary;

/// <summary>Value representations (PS3.5-2024 section 6.2). Other stands for two letters that the standard does not know.</summary>
public enum Vr : byte
{
    Other, AE, AS, AT, CS, DA, DS, DT, FD, FL, IS, LO, LT, OB, OD, OF, OL, OV, OW, PN, SH, SL, SQ, SS, ST, SV, TM, UC, UI, UL, UN, UR, US, UT, UV,
}

/// <summary>What the standard says of each value representation.</summary>
public static class VrTraits
{
    private static readonly Vr[] ByLetters = BuildLetters();

    /// <param name="letters">The two bytes of an explicit element, the first one in the high byte.</param>
    /// <returns><see cref="Vr.Other"/> where they are none.</returns>
    public static Vr Of(ushort letters)
    {
        int first = (letters >> 8) - 'A';
        int second = (letters & 0xFF) - 'A';
        return (uint)first < 26 && (uint)second < 26 ? ByLetters[(first * 26) + second] : Vr.Other;
    }

    public static ushort Letters(Vr vr)
    {
        string name = vr.ToString();
        return (ushort)((name[0] << 8) | name[1]);
    }

    /// <summary>Two reserved bytes and a length of four in explicit syntaxes (PS3.5-2024 7.1.2); so have all that are not known yet.</summary>
    public static bool IsLong(this Vr vr) =>
        vr is Vr.OB or Vr.OD or Vr.OF or Vr.OL or Vr.OV or Vr.OW or Vr.SQ or Vr.SV or Vr.UC or Vr.UN or Vr.UR or Vr.UT or Vr.UV or Vr.Other;

    /// <summary>Bytes that change places between little and big endian; 1 where none do.</summary>
    public static int Unit(this Vr vr) => vr switch
    {
        Vr.AT or Vr.OW or Vr.SS or Vr.US => 2,
        Vr.FL or Vr.OF or Vr.OL or Vr.SL or Vr.UL => 4,
        Vr.FD or Vr.OD or Vr.OV or Vr.SV or Vr.UV => 8,
        _ => 1,
    };

    /// <summary>Bulk binary: InlineBinary or BulkDataURI in JSON (PS3.18-2024 F.2.7).</summary>
    public static bool IsBinary(this Vr vr) => vr is Vr.OB or Vr.OD or Vr.OF or Vr.OL or Vr.OV or Vr.OW or Vr.UN or Vr.Other;

    /// <summary>Text that Specific Character Set applies to (PS3.5-2024 6.1.2.3).</summary>
    public static bool IsCharacterSetText(this Vr vr) => vr is Vr.SH or Vr.LO or Vr.ST or Vr.LT or Vr.UC or Vr.UT or Vr.PN;

    /// <summary>One value, in which a backslash is a backslash.</summary>
    public static bool IsSingleText(this Vr vr) => vr is Vr.ST or Vr.LT or Vr.UT or Vr.UR;

    private static Vr[] BuildLetters()
    {
        var table = new Vr[26 * 26];
        foreach (Vr vr in Enum.GetValues<Vr>().Where(value => value != Vr.Other))
        {
            string name = vr.ToString();
            table[((name[0] - 'A') * 26) + name[1] - 'A'] = vr;
        }
        return table;
    }
}
