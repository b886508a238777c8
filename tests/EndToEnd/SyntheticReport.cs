using EHealthPlus.Tests.Adapters.DicomWeb;
using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.EndToEnd;

/// <summary>Reports among the images of a study, made by DCMTK's xml2dsr and pdf2dcm, and judged by dciodvfy.</summary>
internal static class SyntheticReport
{
    /// <summary>An Enhanced SR of series 9.</summary>
    /// <param name="number">Of the instance; one that is not the first has the one before as predecessor.</param>
    public static async Task WriteAsync(string folder, int citizen, int study, int number, string conclusion)
    {
        var (uid, card) = (SyntheticCt.Study(study), Messages.DocumentNumber(citizen));
        var predecessor = number == 1 ? "" : $"""
            <predecessor><study uid="{uid}"><series uid="{uid}.9"><value><sopclass uid="1.2.840.10008.5.1.4.1.1.88.22"/><instance uid="{uid}.9.{number - 1}"/></value></series></study></predecessor>
            """;
        var xml = Path.Combine(folder, $"{study}-report-{number}.xml");
        await File.WriteAllTextAsync(xml, $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <report type="Enhanced SR">
            <sopclass uid="1.2.840.10008.5.1.4.1.1.88.22">EnhancedSRStorage</sopclass><charset>ISO_IR 192</charset><modality>SR</modality><timezone>+0800</timezone><manufacturer>SYNTHETIC</manufacturer>
            <patient><name><last>TESTPATIENT</last><first>Number {citizen}</first></name><id>{card[..^1]}({card[^1]})</id><birthday><date>1980-02-29</date></birthday><sex>F</sex></patient>
            <study uid="{uid}"><date>2026-01-10</date><time>10:15:00</time><accession><number>ACC-1</number></accession><description>CT CHEST</description></study>
            <series uid="{uid}.9"><number>9</number></series>
            <instance uid="{uid}.9.{number}"><number>{number}</number></instance>
            <evidence type="Current Requested Procedure"><study uid="{uid}"><series uid="{uid}.1"><value><sopclass uid="{SyntheticCt.SopClass}"/><instance uid="{uid}.1.1"/></value></series></study></evidence>
            <document><preliminary flag="FINAL"/><completion flag="COMPLETE"/>
            <verification flag="VERIFIED"><observer pos="1"><datetime>2026-01-10T12:0{number}:00</datetime><name><last>SYNTHETIC</last><first>RADIOLOGIST</first></name><organization>SYNTHETIC CENTRE</organization></observer></verification>
            {predecessor}
            <content><date>2026-01-10</date><time>11:3{number}:00</time>
            <container flag="SEPARATE">{Concept("18748-4", "LN", "Diagnostic imaging report")}
            <container flag="SEPARATE"><relationship>CONTAINS</relationship>{Concept("121070", "DCM", "Findings")}
            <text><relationship>CONTAINS</relationship>{Concept("121071", "DCM", "Finding")}<value>A nodule &lt;8 mm in the left upper lobe. 左上肺結節</value></text>
            <num><relationship>CONTAINS</relationship>{Concept("103339001", "SCT", "Long axis")}<value>7.50</value><unit><value>mm</value><scheme><designator>UCUM</designator></scheme><meaning>mm</meaning></unit></num>
            </container>
            <container flag="SEPARATE"><relationship>CONTAINS</relationship>{Concept("121076", "DCM", "Conclusions")}
            <text><relationship>CONTAINS</relationship>{Concept("121077", "DCM", "Conclusion")}<value>{conclusion}</value></text>
            </container></container></content></document></report>
            """);
        await MadeAsync("xml2dsr", Path.ChangeExtension(xml, ".dcm"), xml);
        File.Delete(xml);
    }

    /// <returns>The file itself, of odd length.</returns>
    public static async Task<byte[]> WritePdfAsync(string folder, int study, string images)
    {
        byte[] file = [.. "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n"u8];
        if (file.Length % 2 == 0) file = [.. file, (byte)'\n'];
        var pdf = Path.Combine(folder, $"{study}.pdf");
        await File.WriteAllBytesAsync(pdf, file);
        await MadeAsync(
            "pdf2dcm", Path.ChangeExtension(pdf, ".pdf.dcm"), "+st", images, "+t", "CT chest report", "+cn", "LN", "18748-4", "Diagnostic imaging report", "-k", "StudyDate=20260110", "-k", "StudyTime=101500",
            "-k", "StudyID=1", "-k", "AccessionNumber=ACC-1", "-k", "ContentDate=20260110", "-k", "ContentTime=113000", "-k", "VerificationFlag=VERIFIED", "-k", "TimezoneOffsetFromUTC=+0800", pdf);
        File.Delete(pdf);
        return file;
    }

    private static string Concept(string code, string scheme, string meaning) =>
        $"<concept><value>{code}</value><scheme><designator>{scheme}</designator></scheme><meaning>{meaning}</meaning></concept>";

    private static async Task MadeAsync(string tool, string made, params string[] arguments)
    {
        var (exitCode, output) = await Dcmtk.RunAsync(tool, [.. arguments, made]);
        Assert.True(exitCode == 0, output);
        var (_, judged) = await Dcmtk.RunAsync("dciodvfy", made);
        Assert.DoesNotContain("Error", judged, StringComparison.Ordinal);
    }
}
