using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Hl7v2.Dictionary;
using EHealthPlus.Transformers.Hl7v2.Inspection;

namespace EHealthPlus.Tests.Transformers.Hl7v2;

public class InspectorTests
{
    [Fact]
    public void Segments_fields_and_components_carry_the_standards_names()
    {
        MessageNode pid = Inspect($"{Messages.Header}\rPID|1||G123456(A)^^^HKID&1.2&ISO~778||TESTPATIENT^A\\T\\B|\"\"\r")[1];
        Assert.Equal(("PID", "Patient Identification", null), (pid.Label, pid.Name, pid.Value));
        Assert.Equal(["PID-1", "PID-3", "PID-3[2]", "PID-5", "PID-6"], pid.Children.Select(field => field.Label));
        MessageNode identifier = pid.Children[1];
        Assert.Equal("Patient Identifier List", identifier.Name);
        Assert.Equal(("PID-3.1", "ID Number", "G123456(A)"), (identifier.Children[0].Label, identifier.Children[0].Name, identifier.Children[0].Value));
        MessageNode authority = identifier.Children[1];
        Assert.Equal(("PID-3.4", "Assigning Authority", null), (authority.Label, authority.Name, authority.Value));
        Assert.Equal(("PID-3.4.2", "Universal ID", "1.2"), (authority.Children[1].Label, authority.Children[1].Name, authority.Children[1].Value));
        Assert.Equal(new FieldLocation("PID", 1, 3, 1, 4, 2), authority.Children[1].Location);
        Assert.Equal("A&B", pid.Children[3].Children[1].Value);
        Assert.Equal("\"\"", pid.Children[4].Value);
    }

    [Fact]
    public void Obx_5_is_named_by_the_type_in_obx_2()
    {
        MessageNode obx = Inspect($"{Messages.Header}\rOBX|1|SN|X||>^10\r")[1];
        Assert.Equal("Comparator", obx.Children.Single(field => field.Label == "OBX-5").Children[0].Name);
    }

    [Fact]
    public void What_has_no_standard_name_is_shown_without_one()
    {
        MessageNode custom = Inspect($"{Messages.Header}\rZHK|x^y\r")[1];
        Assert.Equal(("ZHK", ""), (custom.Label, custom.Name));
        Assert.Equal("y", custom.Children[0].Children[1].Value);
    }

    [Fact]
    public void A_refused_message_is_shown_with_its_bad_bytes_spelled()
    {
        IReadOnlyList<MessageNode> tree = Inspect($"{Messages.Header}\rNTE|1||caf\u00E9\r");
        Assert.Equal(@"caf\XE9\", tree[1].Children[1].Value);
        Assert.Equal("PID-1", Inspect("PID|1|x")[0].Children[0].Label);
        Assert.Empty(Inspect(""));
    }

    [Fact]
    public void A_huge_tree_ends_and_says_so()
    {
        IReadOnlyList<MessageNode> tree = Inspect(Messages.Header + "\r" + string.Concat(Enumerable.Repeat("NTE|1|2|3\r", 20_000)));
        Assert.Equal("...", tree[^1].Label);
        Assert.InRange(tree.Count, 10_000, 15_000);
    }

    [Fact]
    public void Fields_keep_the_name_of_the_last_version_that_had_them()
    {
        Assert.Equal(("ST", "SSN Number - Patient"), StandardNames.OfField("PID", 19));
        Assert.Equal(("", ""), StandardNames.OfField("PID", 0));
        Assert.Equal(("", ""), StandardNames.OfField("ZZZ", 1));
        Assert.Equal("Family Name", StandardNames.OfComponent("XPN", 1).Name);
    }

    private static IReadOnlyList<MessageNode> Inspect(string message) => new MessageInspector().Inspect(Messages.Latin(message), "ASCII");

    [Theory]
    [InlineData("OBX", 26, "Patient Results Release Category")]
    [InlineData("OBX", 32, "Observation Value Absent Reason")]
    [InlineData("PRT", 16, "UDI Device Identifier")]
    [InlineData("ORC", 38, "Filler Order Group Number")]
    [InlineData("CDO", 4, "Cumulative Dosage Limit Time Interval")]
    [InlineData("ARV", 3, "Access Restriction Value")]
    public void Fields_that_came_later_have_their_names(string segment, int field, string name) =>
        Assert.Equal(name, EHealthPlus.Transformers.Hl7v2.Dictionary.StandardNames.OfField(segment, field).Name);
}
