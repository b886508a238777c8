using System.Text;
using EHealthPlus.Transformers.Terminology.Local;

namespace EHealthPlus.Tests.Transformers.Terminology;

public class LocalMapFileTests
{
    private const string Header = "source,field,code,system,target_system,target_code,target_display,from,until,comment\n";

    [Fact]
    public void A_row_is_read_with_all_its_columns()
    {
        var row = Assert.Single(Rows(Header + "lab,OBX-3,\"GLU, fasting\",99LAB,LN,14749-6,\"Glucose \"\"x\"\"\",2026-01-01,2026-12-31,\"two\nlines\"\r\n"));
        Assert.Equal(
            new LocalMapRow("lab", "OBX-3", "GLU, fasting", "99LAB", "http://loinc.org", "14749-6", "Glucose \"x\"", new(2026, 1, 1), new(2026, 12, 31), "two\nlines", "maps.csv", 2), row);
    }

    [Fact]
    public void Without_a_source_column_the_file_is_named_after_the_source()
    {
        var row = Assert.Single(LocalMaps.Read([("my-lab.csv", "\uFEFFcode,field,target_code,target_system,from\n醫,0001,M,http://terminology.hl7.org/CodeSystem/v2-0001,2026-01-01"u8.ToArray())]).Maps!.Rows);
        Assert.Equal(("my-lab", "醫", 2), (row.Source, row.Code, row.Line));
    }

    [Theory]
    [InlineData("'+", "+")]
    [InlineData("'=1+1", "=1+1")]
    [InlineData("''-", "'-")]
    [InlineData("'a", "'a")]
    [InlineData("+", "+")]
    public void An_apostrophe_that_keeps_a_code_from_being_a_formula_is_no_part_of_it(string cell, string code) =>
        Assert.Equal(code, Assert.Single(Rows($"{Header}lab,OBX-8,{cell},,LN,14749-6,,2026-01-01,,\n")).Code);

    [Fact]
    public void A_row_without_target_is_work_still_to_do() => Assert.Empty(Rows(Header + "lab,OBX-3,GLU,99LAB,,,,,,seen 12 times\n"));

    [Theory]
    [InlineData("La b,OBX-3,GLU,,LN,14749-6,,2026-01-01,,", 2, "source", "lower-case")]
    [InlineData("lab,OBX3,GLU,,LN,14749-6,,2026-01-01,,", 2, "field", "OBX-3")]
    [InlineData("lab,OBX-3,,,LN,14749-6,,2026-01-01,,", 2, "code", "Empty")]
    [InlineData("lab,OBX-3,GLU,,99XYZ,14749-6,,2026-01-01,,", 2, "target_system", "table 0396")]
    [InlineData("lab,OBX-3,GLU,,,14749-6,,2026-01-01,,", 2, "target_system", "Empty")]
    [InlineData("lab,OBX-3,GLU,,LN,14749-5,,2026-01-01,,", 2, "target_code", "check digit")]
    [InlineData("lab,OBX-3,GLU,,SCT,73211008,,2026-01-01,,", 2, "target_code", "check digit")]
    [InlineData("lab,OBX-3,GLU,,I10,A  1,,2026-01-01,,", 2, "target_code", "blanks")]
    [InlineData("lab,OBX-3,GLU,,LN,,,2026-01-01,,", 2, "target_code", "Empty")]
    [InlineData("lab,OBX-3,GLU,,LN,14749-6,,,,", 2, "from", "Empty")]
    [InlineData("lab,OBX-3,GLU,,LN,14749-6,,2026-02-30,,", 2, "from", "calendar")]
    [InlineData("lab,OBX-3,GLU,,LN,14749-6,,2026-01-01,1/2/2026,", 2, "until", "calendar")]
    [InlineData("lab,OBX-3,GLU,,LN,14749-6,,2026-01-02,2026-01-01,", 2, "until", "Before")]
    [InlineData("lab,OBX-3,GLU,,LN,14749-6,,2026-01-01,", 2, "", "9 cells")]
    [InlineData("lab,OBX-3,GLU,,LN,14749-6,a \"b\",2026-01-01,,", 2, "", "quotation")]
    [InlineData("lab,OBX-3,GLU,,LN,14749-6,\"open,2026-01-01,,", 2, "", "not closed")]
    [InlineData("lab,OBX-3,GLU,,LN,14749-6,,2026-01-01,,\nlab,OBX-3,GLU,,LN,15074-8,,2026-06-01,,", 3, "from", "maps.csv line 2")]
    public void What_is_wrong_is_said_with_its_place(string row, int line, string column, string reason)
    {
        var (maps, errors) = LocalMaps.Read([("maps.csv", Encoding.UTF8.GetBytes(Header + row + "\n"))]);
        Assert.Null(maps);
        var error = Assert.Single(errors);
        Assert.Equal(("maps.csv", line, column), (error.File, error.Line, error.Column));
        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void All_errors_are_said_at_once()
    {
        var (_, errors) = LocalMaps.Read([("maps.csv", Encoding.UTF8.GetBytes(Header + "lab,XX,,,LN,1,,yesterday,,\nlab,OBX-3,A,,LN,2,,2026-01-01,,\n")), ("more.csv", new byte[] { 0xFF })]);
        Assert.Equal([("maps.csv", 2), ("maps.csv", 2), ("maps.csv", 2), ("maps.csv", 2), ("maps.csv", 3), ("more.csv", 1)], errors.Select(error => (error.File, error.Line)).Order());
    }

    [Theory]
    [InlineData("code,field\n", "target_code")]
    [InlineData("code,field,target_code,target_system,from,colour\n", "colour")]
    [InlineData("code,field,target_code,target_system,from,from\n", "from")]
    [InlineData("", "")]
    public void A_header_that_is_no_maps_is_refused(string header, string column)
    {
        var (_, errors) = LocalMaps.Read([("maps.csv", Encoding.UTF8.GetBytes(header))]);
        Assert.Contains(errors, error => error.Line == 1 && error.Column == column);
    }

    [Fact]
    public void Rows_of_two_files_may_not_overlap_either()
    {
        var row = Encoding.UTF8.GetBytes(Header + "lab,OBX-3,GLU,,LN,14749-6,,2026-01-01,,\n");
        var (maps, errors) = LocalMaps.Read([("a.csv", row), ("b.csv", row)]);
        Assert.Null(maps);
        Assert.Equal(("b.csv", 2), (Assert.Single(errors).File, errors[0].Line));
    }

    [Theory]
    [InlineData("14749-6")]
    [InlineData("718-7")]
    [InlineData("LA6576-8")]
    public void A_good_loinc_code_passes(string code) => Assert.Single(Rows(Header + $"lab,OBX-3,GLU,,LN,{code},,2026-01-01,,\n"));

    [Theory]
    [InlineData("73211009")]
    [InlineData("22298006")]
    [InlineData("900000000000207008")]
    public void A_good_snomed_identifier_passes(string code) => Assert.Single(Rows(Header + $"lab,DG1-3,D,,SCT,{code},,2026-01-01,,\n"));

    private static IReadOnlyList<LocalMapRow> Rows(string text)
    {
        var (maps, errors) = LocalMaps.Read([("maps.csv", Encoding.UTF8.GetBytes(text))]);
        Assert.Empty(errors);
        return maps!.Rows;
    }
}
