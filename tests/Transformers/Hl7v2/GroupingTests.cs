using EHealthPlus.Transformers.Hl7v2.Er7;
using EHealthPlus.Transformers.Hl7v2.Groups;

namespace EHealthPlus.Tests.Transformers.Hl7v2;

public class GroupingTests
{
    [Theory]
    [InlineData("ORU^R01", "PID PV1 ORC OBR NTE OBX NTE OBX SPM OBX OBR OBX",
        "ORU_R01(MSH PATIENT_RESULT(PATIENT(PID VISIT(PV1)) ORDER_OBSERVATION(ORC OBR NTE OBSERVATION(OBX NTE) OBSERVATION(OBX) " +
        "SPECIMEN(SPM SPECIMEN_OBSERVATION(OBX))) ORDER_OBSERVATION(OBR OBSERVATION(OBX))))")]
    [InlineData("ORU^R01", "PID OBX PRT OBR OBX PID OBR",
        "ORU_R01(MSH PATIENT_RESULT(PATIENT(PID PATIENT_OBSERVATION(OBX PRT)) ORDER_OBSERVATION(OBR OBSERVATION(OBX))) " +
        "PATIENT_RESULT(PATIENT(PID) ORDER_OBSERVATION(OBR)))")]
    [InlineData("ORU^R01", "OBR OBX", "ORU_R01(MSH PATIENT_RESULT(ORDER_OBSERVATION(OBR OBSERVATION(OBX))))")]
    // Out of order before OBR, and Z: they stay with the order.
    [InlineData("ORU^R01", "PID ORC PRT TXA ZAA OBR OBX ZBB NTE ORC OBR",
        "ORU_R01(MSH PATIENT_RESULT(PATIENT(PID) ORDER_OBSERVATION(ORC PRT TXA ZAA OBR OBSERVATION(OBX ZBB NTE)) ORDER_OBSERVATION(ORC OBR)))")]
    [InlineData("ADT^A01", "EVN PID PV1 AL1 DG1 PR1 ROL PR1 GT1 IN1 IN2 IN1",
        "ADT_A01(MSH EVN PID PV1 AL1 DG1 PROCEDURE(PR1 ROL) PROCEDURE(PR1) GT1 INSURANCE(IN1 IN2) INSURANCE(IN1))")]
    // PV1 is required and not there.
    [InlineData("ADT^A28", "EVN PID AL1 PR1 IN1 IN2", "ADT_A28(MSH EVN PID AL1 PROCEDURE(PR1) INSURANCE(IN1 IN2))")]
    [InlineData("ADT^A40", "EVN PID MRG PID PD1 MRG", "ADT_A40(MSH EVN PATIENT(PID MRG) PATIENT(PID PD1 MRG))")]
    [InlineData("OML^O21", "PID PV1 ORC TQ1 OBR OBX SPM SAC ORC OBR",
        "OML_O21(MSH PATIENT(PID PATIENT_VISIT(PV1)) ORDER(ORC TIMING(TQ1) OBSERVATION_REQUEST(OBR OBSERVATION(OBX) SPECIMEN(SPM CONTAINER(SAC)))) " +
        "ORDER(ORC OBSERVATION_REQUEST(OBR)))")]
    [InlineData("ZZZ^Z01^ADT_A01", "EVN PID PV1 IN1", "ADT_A01(MSH EVN PID PV1 INSURANCE(IN1))")]
    [InlineData("ZZZ^Z01", "PID OBX", "(MSH PID OBX)")]
    public void Segments_stand_in_the_groups_of_the_standard(string type, string segments, string expected)
    {
        string text = $"MSH|^~\\&|LAB|H|E|H|2026||{type}|C1|P|2.5.1\r" + string.Concat(segments.Split(' ').Select(name => name + "|1\r"));
        Assert.Equal(expected, Shown(SegmentGroup.Of(Messages.Read(text))));
    }

    [Fact]
    public void Groups_and_segments_are_found_by_name()
    {
        SegmentGroup message = SegmentGroup.Of(Messages.Read($"{Messages.Header}\rPID|1\rOBR|1\rNTE|1\rNTE|2\rOBR|2\r"));
        SegmentGroup result = Assert.Single(message.GroupsNamed("PATIENT_RESULT"));
        SegmentGroup first = result.GroupsNamed("ORDER_OBSERVATION").First();
        Assert.Equal(2, result.GroupsNamed("ORDER_OBSERVATION").Count());
        Assert.Equal("1", first.First("OBR").Text(1));
        Assert.Equal(["1", "2"], first.All("NTE").Select(note => note.Text(1)));
        Assert.True(first.First("SPM").IsAbsent);
    }

    [Fact]
    public void A_group_that_repeats_often_is_walked_once()
    {
        string text = Messages.Header + "\rPID|1\r" + string.Concat(Enumerable.Repeat("ORC|1\rZZZ|1\rOBR|1\rOBX|1\r", 25_000));
        SegmentGroup message = SegmentGroup.Of(Messages.Read(text));
        Assert.Equal(25_000, message.Groups[0].GroupsNamed("ORDER_OBSERVATION").Count());
    }

    /// <summary>Segments and groups in message order.</summary>
    private static string Shown(SegmentGroup group)
    {
        var parts = group.Segments.Select(segment => (segment.Index, Text: segment.Name))
            .Concat(group.Groups.Select(inner => (Index: FirstIndex(inner), Text: Shown(inner))));
        return $"{group.Name}({string.Join(' ', parts.OrderBy(part => part.Index).Select(part => part.Text))})";
    }

    private static int FirstIndex(SegmentGroup group) =>
        group.Segments.Select(segment => segment.Index).Concat(group.Groups.Select(FirstIndex)).Min();
}
