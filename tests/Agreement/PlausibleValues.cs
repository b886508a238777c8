namespace EHealthPlus.Tests.Agreement;

/// <summary>Values that a sender might put into a field of a data type, every component filled where that makes sense.</summary>
internal static class PlausibleValues
{
    private const string Hd = "NORTH&2.16.840.1.113883.19.4.6&ISO";
    private const string Start = "20250101080000+0800";
    private const string End = "20301231235900+0800";
    private const string Cwe = "A1^Alpha^L^B2^Beta^99B^1.0^2.0^As written^C3^Gamma^99C^3.0";
    private const string Names = "SYNTHETIC&van&SYNTHETIC&de&OTHER^Ada^Bea^Jr^Dr^MD";

    private static readonly Dictionary<string, string[]> Known = new(StringComparer.Ordinal)
    {
        ["CE"] = [Cwe, "^Alpha"],
        ["CWE"] = [Cwe, "^^^B2^Beta^99B", "^Alpha", "^^^^^^^^As written", "NW^^HL70119", "A1^Alpha^HL70276", "A1^Alpha^HL70277", "mg^milligram^UCUM"],
        ["CNE"] = [Cwe],
        ["CF"] = [Cwe],
        ["CNN"] = [$"77^{Names}"],
        ["CP"] = ["100.50&HKD"],
        ["CQ"] = ["5^mL&millilitre&UCUM", "30^min&minute&UCUM", "2^h&hour&UCUM"],
        ["CX"] = [$"12345^3^M10^{Hd}^MR^{Hd}^20200101^20300101", "12345^3^M10^NORTH^SN^^20200101^20300101", "12345^^^NORTH^SS"],
        ["DLD"] = ["H^20261120"],
        ["DLN"] = ["L12345^HK^20301231"],
        ["DR"] = [$"{Start}^{End}", Start],
        ["DT"] = ["20261120"],
        ["DTM"] = ["20261120103000+0800", "20261120"],
        ["TS"] = ["20261120103000+0800", "20261120"],
        ["ED"] = [$"{Hd.Replace('&', '^').Split('^')[0]}^TEXT^plain^Base64^U1lOVEhFVElD", "NORTH^TEXT^^Base64^U1lOVEhFVElD", "NORTH^TEXT^plain^A^SYNTHETIC"],
        ["EI"] = ["E77^NORTH^2.16.840.1.113883.19.4.6^ISO"],
        ["EIP"] = ["P77&NORTH&2.16.840.1.113883.19.4.6&ISO^F77&SOUTH&2.16.840.1.113883.19.4.7&ISO", "^F77&SOUTH"],
        ["FC"] = ["PATIENT^20260101"],
        ["FN"] = ["SYNTHETIC&van&SYNTHETIC&de&OTHER"],
        ["FT"] = ["Synthetic text"],
        ["HD"] = ["NORTH^2.16.840.1.113883.19.4.6^ISO", "NORTH", "^2.16.840.1.113883.19.4.6^ISO", "^f81d4fae-7dec-11d0-a765-00a0c91e6bf6^UUID", "NORTH^north.example^DNS", "NORTH^urn:north:example^URI", "^X77^L"],
        ["ID"] = ["Y", "A", "AV", "NW"],
        ["IS"] = ["A", "M", "I"],
        ["MSG"] = [],
        ["NA"] = ["1^2^3^4"],
        ["NDL"] = [$"77&SYNTHETIC&Ada&Bea&Jr&Dr&MD^{Start}^{End}^WARD^R1^B1^NORTH^A^^BLDG^5"],
        ["NM"] = ["3"],
        ["NR"] = ["1.5^2.5"],
        ["OG"] = ["1.2^1^2^N1", "1"],
        ["PL"] = [$"WARD1^ROOM2^BED3^{Hd}^A^^TOWER^5^Near the lift^L77&NORTH^NORTH", "WARD1^ROOM2^^NORTH", "WARD1", "^^^NORTH", "^^^^^^TOWER", "^^^^^^^5"],
        ["PLN"] = ["N77^MD^^20301231"],
        ["PT"] = ["P^T"],
        ["RI"] = ["Q1H^0800"],
        ["RP"] = ["http://north.example/doc/77^NORTH^text^plain"],
        ["RPT"] = ["Q1H^^3^4^2^h^^AC^30^min", "Q1H^DW^3^4"],
        ["SAD"] = ["1 Synthetic Road&Synthetic Road&1"],
        ["SI"] = ["1"],
        ["SN"] = ["<^5", ">^5^-^8", "^1^:^128", "^2^+", "<>^5", "^1^-^2"],
        ["SNM"] = ["3"],
        ["SPS"] = ["BLD&Blood&HL70070^EDTA&Ethylene^Draw gently^LA&Left arm^^HEM&Haemolysed"],
        ["ST"] = ["Synthetic", "3"],
        ["TM"] = ["0830"],
        ["TQ"] = [$"5&mL^Q1H&0800^D3^{Start}^{End}^S^^Take with food^^^^3", "5&mL^Q1H^D3^^^S"],
        ["TX"] = ["Synthetic text"],
        ["VR"] = ["10^20"],
        ["XAD"] = [
            "1 Synthetic Road&Synthetic Road&1^Flat A^Sha Tin^NT^000^HKG^H^^ST^91^^20200101&20300101^20210101^20290101^^^^^Care of Ada", "1 Synthetic Road&Synthetic Road&1^Flat A^Sha Tin^NT^000^HKG^M^^ST^^^20200101&20300101",
            "1 Synthetic Road^Flat A^Sha Tin^NT^000^HKG^HV"],
        ["XCN"] = [
            $"77^{Names}^^{Hd}^L^4^M11^PRN^^A^^20200101&20300101^G^20210101^20290101^PhD", $"77^{Names}^^{Hd}^L^4^M11^PRN^^A^^20200101&20300101^G"],
        ["XON"] = [$"North Synthetic Hospital^L^77^4^M11^{Hd}^XX^^^N77", $"North Synthetic Hospital^L^77^4^M11^{Hd}^XX", "^^^^^^^^^N77"],
        ["XPN"] = [$"{Names}^L^A^^20200101&20300101^G^20210101^20290101^PhD^Addy", $"{Names}^L^A^^20200101&20300101^G"],
        ["XTN"] = [
            "^WPN^PH^^852^^21230000^77^^^^+852 2123 0000^20200101^20300101^^^^1", "^PRN^Internet^ada@north.example^^^^^^^^^20200101^20300101^^^^2", "+852 2123 0000^PRN^PH", "^PRN^PH^^852^3^21230000",
            "^PRN^PH^^^3^21230000", "^PRN^PH^^^3^21230000^77", "^PRN^PH^^852^3^21230000^77", "^PRN^^ada@north.example", "^PRN^^^852^3^21230000", "^PRN^PH^^^^^^^^^+852 2123 0000"],
    };

    /// <param name="table">Table map whose codes go before others, or empty.</param>
    /// <param name="dataTypeMap">Such as CE[CodeableConcept]: says the type where the field varies.</param>
    public static IReadOnlyList<string> For(string dataType, string table, string dataTypeMap)
    {
        if (dataType is "varies" or "") dataType = dataTypeMap.Split('[')[0] is { Length: > 0 } mapped ? mapped : "ST";
        var codes = OfficialMaps.CodesOf(table).Take(2);
        var values = Known.GetValueOrDefault(dataType, ["3"]);
        // A code of the table also beside what else the type can hold.
        if (dataType is "CWE" or "CE" or "CNE") codes = codes.SelectMany(code => new[] { $"{code}^Alpha^L^B2^Beta^99B^1.0^2.0^As written", code });
        return [.. codes, .. values];
    }
}
