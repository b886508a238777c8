using System.Text.Json;
using EHealthPlus.Transformers.Fhir.Merging;
using static EHealthPlus.Tests.Transformers.Hl7v2ToFhir.AdtMessage;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir.Adt;

/// <summary>
/// What an update does to lists that several fields fill (HL7 v2.5.1 2.5.3): a field that is not valued leaves the record as it is, one that is takes the
/// place of all that it said before, and "" deletes that. Of other fields nothing changes.
/// </summary>
public sealed class FieldUpdateTests
{
    private const string Null = "\"\"";

    private static readonly string Doctors = Visit((7, "D1^ONE~D2^TWO"), (8, "D3^THREE"), (9, "D4^FOUR"), (17, "D5^FIVE"));
    private static readonly string Contacts = Patient((13, "30~^NET^Internet^home@example.org"), (14, "40"));

    private readonly Dictionary<string, string> names = [];

    [Theory]
    [InlineData(9, "D6^SIX", "SIX:CON ONE:ATND TWO:ATND THREE:REF FIVE:ADM")]
    [InlineData(7, "D6^SIX", "SIX:ATND THREE:REF FOUR:CON FIVE:ADM")]
    [InlineData(7, "D6^SIX~D7^SEVEN", "SIX:ATND SEVEN:ATND THREE:REF FOUR:CON FIVE:ADM")]
    [InlineData(9, Null, "ONE:ATND TWO:ATND THREE:REF FIVE:ADM")]
    [InlineData(7, Null, "THREE:REF FOUR:CON FIVE:ADM")]
    public void The_doctors_of_one_field_do_not_take_the_place_of_those_of_another(int field, string value, string expected) =>
        Assert.Equal(expected, Participants(After("Encounter", ("A01", Pid, Doctors), ("A08", Pid, Visit((field, value))))));

    [Fact]
    public void Whom_a_ROL_takes_out_is_taken_out_alone()
    {
        const string Role = "ROL||AD|AT^^HL70443|D8^EIGHT";
        var record = After(
            "Encounter", ("A01", Pid, $"{Doctors}\r{Role}\rROL||AD|CP^^HL70443|D9^NINE"), ("A08", Pid, Visit((9, "D6^SIX"))), ("A08", Pid, $"{Visit()}\r{Role.Replace("AD", "DE", StringComparison.Ordinal)}"));
        Assert.Equal("SIX:CON ONE:ATND TWO:ATND THREE:REF FIVE:ADM ?:CON", Participants(record));
    }

    [Fact]
    public void A_second_transfer_keeps_the_place_before_the_first()
    {
        var record = After("Encounter", ("A01", Pid, Visit((3, "W7"))), ("A02", Pid, Visit((3, "W8"), (6, "W7"))), ("A02", Pid, Visit((3, "W9"), (6, "W8"))));
        Assert.Equal("W9:active W8:completed W7:completed", Locations(record));
    }

    [Theory]
    // A place that is corrected, and one that he is back in.
    [InlineData("A08", 3, "W9", "W9:active W7:completed ICU:reserved")]
    [InlineData("A12", 3, "W7", "W7:active ICU:reserved")]
    // The reserved bed is taken.
    [InlineData("A02", 3, "ICU", "ICU:active W7:completed")]
    [InlineData("A08", 11, "XR", "XR:active W8:active W7:completed ICU:reserved")]
    [InlineData("A08", 3, Null, "W7:completed ICU:reserved")]
    [InlineData("A08", 6, Null, "W8:active ICU:reserved")]
    [InlineData("A08", 42, Null, "W8:active W7:completed")]
    [InlineData("A08", 10, "MED", "W8:active W7:completed ICU:reserved")]
    [InlineData("A26", 42, "ICU", "W8:active W7:completed")]
    [InlineData("A03", 36, "01", "W8:completed W7:completed ICU:reserved")]
    public void A_patient_is_in_one_place_and_was_in_others(string trigger, int field, string value, string expected)
    {
        var record = After("Encounter", ("A01", Pid, Visit((3, "W7"))), ("A02", Pid, Visit((3, "W8"), (6, "W7"), (42, "ICU"))), (trigger, Pid, Visit((field, value))));
        Assert.Equal(expected, Locations(record));
    }

    [Fact]
    public void A_temporary_place_is_left_when_the_arrival_there_is_cancelled() => Assert.Equal(
        "W7:active", Locations(After("Encounter", ("A01", Pid, Visit((3, "W7"))), ("A10", Pid, Visit((11, "XR"))), ("A32", Pid, Visit((3, "W7"))))));

    [Theory]
    [InlineData(14, "41", "41 30 home@example.org")]
    [InlineData(14, Null, "30 home@example.org")]
    [InlineData(13, "31~32", "31 32 home@example.org 40")]
    [InlineData(13, "31~^NET^Internet^new@example.org", "31 new@example.org 40")]
    [InlineData(13, Null, "40")]
    [InlineData(40, "^PRS^CP^^^^^^^^^50", "50 30 home@example.org 40")]
    [InlineData(40, Null, "30 40")]
    public void The_numbers_of_one_field_do_not_take_the_place_of_those_of_another(int field, string value, string expected)
    {
        var record = After("Patient", ("A28", Contacts, "PV1|1|N"), ("A31", Patient((field, value)), "PV1|1|N"));
        Assert.Equal(expected, string.Join(' ', record.GetProperty("telecom").EnumerateArray().Select(contact => contact.At("value"))));
    }

    [Theory]
    [InlineData(9, Null, "LEGAL")]
    [InlineData(8, "F", "LEGAL ALIAS OTHER")]
    [InlineData(9, "NEW^^^^^^A", "NEW LEGAL")]
    [InlineData(5, "CHANGED^^^^^^L", "CHANGED ALIAS OTHER")]
    [InlineData(5, "CHANGED", "CHANGED ALIAS OTHER")]
    [InlineData(5, Null, "ALIAS OTHER")]
    public void An_alias_is_no_legal_name(int field, string value, string expected)
    {
        var record = After("Patient", ("A28", Patient((5, "LEGAL"), (9, "ALIAS^^^^^^A~OTHER")), "PV1|1|N"), ("A31", Patient((field, value)), "PV1|1|N"));
        Assert.Equal(expected, string.Join(' ', record.GetProperty("name").EnumerateArray().Select(name => name.At("family"))));
    }

    [Fact]
    public void Numbers_of_other_fields_and_old_ones_stay_beside_those_of_PID_3()
    {
        var record = After(
            "Patient", ("A28", Patient((19, "S1"), (20, "L1")), "PV1|1|N"), ("A47", Patient(), "MRG|MRN0009^^^HOSPITAL^MR"), ("A47", Patient((20, "L2")), "MRG|MRN0008^^^HOSPITAL^MR"),
            ("A31", Patient((3, "A123456(3)^^^HKID^NI~MRN0001^^^HOSPITAL^MR~P1^^^PASSPORT^PPN")), "PV1|1|N"), ("A31", Patient(), "PV1|1|N"));
        Assert.Equal(
            ["A123456(3)", "MRN0001", "L2", "MRN0008", "MRN0009", "S1"], record.GetProperty("identifier").EnumerateArray().Select(identifier => identifier.At("value")));
    }

    [Fact]
    public void The_practice_of_PD1_3_and_the_doctor_of_PD1_4_are_two_fields()
    {
        var record = After("Patient", ("A28", Patient(), "PD1|||CLINIC|D1^ONE\rPV1|1|N"), ("A31", Patient(), "PD1||||D2^TWO\rPV1|1|N"));
        Assert.Equal(["Practitioner", "Organization"], record.GetProperty("generalPractitioner").EnumerateArray().Select(doctor => doctor.At("reference")!.Split('/')[0]));
    }

    private static string Visit(params (int Field, string Value)[] values) => Segment("PV1", 52, [(2, "I"), (19, "V0001^^^HOSPITAL^VN"), .. values]);

    private static string Patient(params (int Field, string Value)[] values) =>
        Segment("PID", 40, [(3, "A123456(3)^^^HKID^NI~MRN0001^^^HOSPITAL^MR"), .. values]);

    private static string Segment(string name, int last, (int Field, string Value)[] values)
    {
        var fields = new string[last + 1];
        fields[0] = name;
        foreach (var (field, value) in values) fields[field] = value;
        return string.Join('|', fields).TrimEnd('|');
    }

    /// <summary>The resource in the record after these events.</summary>
    private JsonElement After(string type, params (string Trigger, string Pid, string Others)[] events)
    {
        ReadOnlyMemory<byte> record = default;
        foreach (var (trigger, pid, others) in events)
        {
            var translation = Translate(trigger, pid, others);
            foreach (var named in translation.Resources) names[$"{named.Type}/{named.Id}"] = named.Read().At("name/0/family") ?? named.Read().At("name") ?? "?";
            var update = translation.Resources.First(resource => resource.Type == type);
            record = record.IsEmpty ? update.Json : ResourceMerge.Merge(record, update.Json, update.DeletedElements);
        }

        return JsonDocument.Parse(record).RootElement;
    }

    private string Participants(JsonElement encounter) => string.Join(' ', encounter.GetProperty("participant").EnumerateArray()
        .Select(person => $"{names[person.At("individual/reference")!]}:{person.At("type/0/coding/0/code")}"));

    private string Locations(JsonElement encounter) => string.Join(' ', encounter.GetProperty("location").EnumerateArray()
        .Select(place => $"{names[place.At("location/reference")!]}:{place.At("status")}"));
}
