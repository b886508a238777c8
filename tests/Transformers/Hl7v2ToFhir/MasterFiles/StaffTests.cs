using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Fhir.Merging;
using static EHealthPlus.Tests.Transformers.Hl7v2ToFhir.AdtMessage;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir.MasterFiles;

/// <summary>MFN^M02: practitioners and what they do.</summary>
public sealed class StaffTests
{
    private const string Doctor = "STF|D010|D010^^^HOSPITAL|DOCTOR^SYNTHETIC||F|19750505|A|MED^Medicine^99DEPT||^WPN^PH^^852^^21112222";

    private static Translation Staff(string code, params ReadOnlySpan<string> segments) => Translate("MFN^M02", ["MFI|PRA||UPD|||NE", $"MFE|{code}|1||D010", .. segments]);

    [Theory]
    [InlineData("MAD", "true", WriteMode.Replace)]
    [InlineData("MUP", "true", WriteMode.Merge)]
    [InlineData("MAC", "true", WriteMode.Merge)]
    [InlineData("MDC", "false", WriteMode.Merge)]
    [InlineData("MDL", "false", WriteMode.Merge)]
    public void The_record_event_says_whether_a_practitioner_is_active(string code, string active, WriteMode mode)
    {
        var practitioner = Staff(code, Doctor).Only("Practitioner");

        Assert.Equal(active, practitioner.Read().At("active"));
        Assert.Equal(mode, practitioner.Mode);
    }

    [Fact]
    public void An_inactive_flag_counts_where_the_record_is_kept()
    {
        Assert.Equal("false", Staff("MUP", Doctor.Replace("|A|", "|I|", StringComparison.Ordinal)).Only("Practitioner").Read().At("active"));
    }

    [Fact]
    public void A_visit_refers_to_the_practitioner_of_the_master_file_and_does_not_overwrite_him()
    {
        var known = Staff("MAD", Doctor).Only("Practitioner");
        var mentioned = Translate("A01", Pid, "PV1|1|I|||||D010^DOCTOR^SYNTHETIC^^^^^^HOSPITAL||||||||||||V1").Only("Practitioner");

        Assert.Equal(known.Id, mentioned.Id);
        Assert.Equal(WriteMode.CreateIfAbsent, mentioned.Mode);
    }

    [Fact]
    public void Deactivating_keeps_what_is_known_but_for_what_is_nulled()
    {
        var known = Staff("MAD", Doctor).Only("Practitioner");
        var left = Staff("MDC", "STF|D010|D010^^^HOSPITAL||||||||\"\"").Only("Practitioner");

        var merged = ResourceMerge.Merge(known.Json, left.Json, left.DeletedElements).Read();

        Assert.Equal("false", merged.At("active"));
        Assert.Equal("DOCTOR", merged.At("name/0/family"));
        Assert.Null(merged.At("telecom"));
    }

    [Fact]
    public void Nothing_of_a_master_file_is_about_a_patient() =>
        Assert.All(Staff("MAD", Doctor, "PRA|D010|G1^Group^99G|||Cardiology^College^C^2012").Resources, resource => Assert.False(resource.AboutPatient));

    [Fact]
    public void Department_group_and_unit_are_roles_of_their_own()
    {
        var roles = Staff("MAD", Doctor, "PRA|D010|G1^Group^99G", "ORG|1|CCU^Coronary Care^99U|||||||20200101").Resources.Where(resource => resource.Type == "PractitionerRole").ToList();

        Assert.Equal(3, roles.Select(role => role.Id).Distinct().Count());
        Assert.Equal(3, roles.Select(role => role.Read().At("organization/reference")).Distinct().Count());
    }

    [Fact]
    public void Schools_certificates_and_bodies_qualify()
    {
        var practitioner = Staff("MAD", Doctor, "AFF|1|ASSOCIATION||2000|Member", "EDU|1|MD|||1999|UNIVERSITY", "CER|1|S1||COLLEGE||||||FRCP|||||||||||||||20120701||20300630", "LAN|1|en|1", "LAN|2|en|3").Only("Practitioner").Read();

        Assert.Equal("Member", practitioner.At("qualification/0/code/text"));
        Assert.Equal("1999", practitioner.At("qualification/1/period/start"));
        Assert.Equal("FRCP", practitioner.At("qualification/2/code/coding/0/code"));
        Assert.Equal("2030-06-30", practitioner.At("qualification/2/period/end"));
        Assert.NotNull(practitioner.At("communication/0"));
        Assert.Null(practitioner.At("communication/1"));
    }

    [Theory]
    [InlineData("H1^Hospital One", "H1^Hospital One")]
    [InlineData("H1^Hospital One", "H2^Hospital Two")]
    public void A_department_of_two_members_is_part_of_one_institution(string first, string second)
    {
        var message = Translate(
            "MFN^M02", "MFI|PRA||UPD|||NE", "MFE|MAD|1||D010", $"{Doctor}||20200101^{first.Replace('^', '&')}",
            "MFE|MAD|2||D011", $"{Doctor.Replace("D010", "D011", StringComparison.Ordinal)}||20200101^{second.Replace('^', '&')}");

        foreach (var resource in message.Resources) Strictly(resource.Json);
        var department = message.Resources.Single(resource => resource.Type == "Organization" && resource.Read().At("partOf/reference") is not null);
        Assert.StartsWith("Organization/", department.Read().At("partOf/reference"), StringComparison.Ordinal);
    }

    // As the hub reads what comes by FHIR: an object has each member once.
    private static void Strictly(ReadOnlyMemory<byte> json) =>
        System.Text.Json.JsonDocument.Parse(json, new System.Text.Json.JsonDocumentOptions { AllowDuplicateProperties = false }).Dispose();
}
