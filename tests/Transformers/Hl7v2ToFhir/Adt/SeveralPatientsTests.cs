using System.Text.Json;
using EHealthPlus.Routing.Contracts.Messages;
using static EHealthPlus.Tests.Transformers.Hl7v2ToFhir.AdtMessage;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir.Adt;

/// <summary>Events that name two patients: swapped beds, links, several merges in one message.</summary>
public sealed class SeveralPatientsTests
{
    private static readonly MessageSubject[] Two = [new(Subject), new(Other)];

    [Fact]
    public void Each_resource_is_about_the_citizen_of_its_PID()
    {
        var translation = Translate(Two, "A17", Pid, Pv1(), OtherPid, Pv1(visit: "V0002^^^HOSPITAL^VN"));

        foreach (var resource in translation.Resources.Where(resource => resource.AboutPatient && resource.Type is not ("Patient" or "Provenance")))
            Assert.Contains($"Patient/{resource.SubjectId}", resource.Read().GetRawText(), StringComparison.Ordinal);
        Assert.Equal([Subject, Other], translation.Resources.Where(resource => resource.Type == "Encounter").Select(resource => resource.SubjectId));
        Assert.All(translation.Resources.Where(resource => !resource.AboutPatient), resource => Assert.Null(resource.SubjectId));
    }

    [Fact]
    public void A_provenance_names_nothing_of_another_citizen()
    {
        var translation = Translate(Two, "A17", Pid, Pv1(), OtherPid, Pv1(visit: "V0002^^^HOSPITAL^VN"));

        var holders = translation.Resources.ToDictionary(resource => $"{resource.Type}/{resource.Id}", resource => resource.SubjectId);
        var provenances = translation.Resources.Where(resource => resource.Type == "Provenance").ToList();
        Assert.True(provenances.Count >= 2);
        foreach (var provenance in provenances)
            Assert.All(provenance.Read().GetProperty("target").EnumerateArray(), target => Assert.Equal(provenance.SubjectId, holders[target.GetProperty("reference").GetString()!]));
    }

    [Fact]
    public void A_swap_gives_each_patient_the_bed_of_the_other()
    {
        var translation = Translate(Two, "A17", Pid, Pv1("W3^301^2", "W3^301^1"), OtherPid, Pv1("W3^301^1", "W3^301^2", "V0002^^^HOSPITAL^VN"));

        var encounters = translation.Resources.Where(resource => resource.Type == "Encounter").Select(resource => resource.Read()).ToList();
        Assert.Equal(encounters[0].At("location/0/location/reference"), encounters[1].At("location/1/location/reference"));
        Assert.Equal(encounters[0].At("location/1/location/reference"), encounters[1].At("location/0/location/reference"));
        Assert.Equal(("active", "completed"), (encounters[1].At("location/0/status"), encounters[1].At("location/1/status")));
    }

    [Fact]
    public void Two_merges_in_one_message_stay_apart()
    {
        var translation = Translate(Two, "A40", Pid, "MRG|MRN0003^^^HOSPITAL^MR", OtherPid, "MRG|MRN0004^^^HOSPITAL^MR");

        var patients = translation.Resources.Where(resource => resource.Type == "Patient").ToList();
        Assert.Equal([Subject, Subject, Other, Other], patients.Select(patient => patient.SubjectId));
        Assert.Equal($"Patient/{patients[1].Id}", Link(patients[0], "replaces"));
        Assert.Equal($"Patient/{patients[0].Id}", Link(patients[1], "replaced-by"));
        Assert.Equal($"Patient/{patients[3].Id}", Link(patients[2], "replaces"));
        Assert.Equal($"Patient/{Other}", Link(patients[3], "refer"));
    }

    [Fact]
    public void Several_numbers_can_go_up_in_one_patient_over_several_groups()
    {
        var translation = Translate([new(Subject), new(Subject)], "A40", Pid, "MRG|MRN0003^^^HOSPITAL^MR", Pid, "MRG|MRN0004^^^HOSPITAL^MR");

        var patients = translation.Resources.Where(resource => resource.Type == "Patient").ToList();
        Assert.Equal(3, patients.Count);
        Assert.Equal(2, patients[0].Read().GetProperty("link").EnumerateArray().Count(link => link.At("type") == "replaces"));
    }

    [Fact]
    public void A_link_is_made_both_ways_but_never_between_two_citizens()
    {
        const string second = "PID|2||MRN0009^^^CLINIC^MR||TESTPATIENT^ALPHA||19700102|F";
        var same = Translate([new(Subject), new(Subject)], "A24", Pid, second).Resources.Where(resource => resource.Type == "Patient").ToList();
        Assert.Equal($"Patient/{same[1].Id}", Link(same[0], "seealso"));
        Assert.Equal($"Patient/{same[0].Id}", Link(same[1], "seealso"));

        var two = Translate(Two, "A24", Pid, OtherPid);
        Assert.All(two.Resources.Where(resource => resource.Type == "Patient"), patient => Assert.Null(Link(patient, "seealso")));
        Assert.Contains(two.Ledger.Rows(), row => row.Rule?.Contains("two citizens", StringComparison.Ordinal) == true);
    }

    [Fact]
    public void An_unlink_takes_the_link_out_of_the_record_and_leaves_the_others()
    {
        const string second = "PID|2||MRN0009^^^CLINIC^MR||TESTPATIENT^ALPHA||19700102|F";
        var linked = Translate([new(Subject), new(Subject)], "A24", Pid, second).Resources.First(resource => resource.Type == "Patient");
        var unlinked = Translate([new(Subject), new(Subject)], "A37", Pid, second).Resources.First(resource => resource.Type == "Patient");

        var merged = EHealthPlus.Transformers.Fhir.Merging.ResourceMerge.Merge(linked.Json, unlinked.Json, unlinked.DeletedElements).Read();
        Assert.Equal(["refer"], merged.GetProperty("link").EnumerateArray().Select(link => link.At("type")));
    }

    [Fact]
    public void Events_about_one_patient_refuse_a_second_PID()
    {
        var refused = Assert.Throws<Xunit.Sdk.TrueException>(() => Translate(Two, "A01", Pid, Pv1(), OtherPid));
        Assert.Contains("209", refused.Message, StringComparison.Ordinal);
    }

    private static string? Link(TranslatedResource patient, string type) =>
        patient.Read().TryGetProperty("link", out var links)
            ? links.EnumerateArray().Where(link => link.At("type") == type).Select(link => link.At("other/reference")).FirstOrDefault()
            : null;
}
