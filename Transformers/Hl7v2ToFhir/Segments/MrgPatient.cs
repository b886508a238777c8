using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Messages;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>
/// MRG: the patient number that goes up in the one of PID (HL7 v2.8.2 3.4.9). The official maps leave MRG-1 out. Both Patients link to
/// each other, and the prior one is no longer in use.
/// </summary>
public static class MrgPatient
{
    /// <param name="changed">True where the patient stays and only his number changes (A46, A47): he keeps the old one too.</param>
    /// <param name="staying">Of the PID that it stands behind.</param>
    internal static void Map(SegmentValue mrg, FhirNode survivor, HashSet<(string Number, string Authority)> staying, bool changed)
    {
        if (!survivor.Exists) return;
        // Before v2.3 the number was told in MRG-4.
        foreach (var number in mrg[1].HasValue ? mrg[1] : mrg[4])
        {
            // What PID-3 has too stays with the patient: an identity card's number goes up in nothing.
            if (number[1].Leaf < 0 || staying.Contains(Named(number))) continue;
            var mapping = mrg.Mapping;
            var prior = mapping.Resources.Begin("Patient", SharingCategory.PersonalParticulars, WriteMode.Merge);
            prior = mapping.Resources.ShareOnce(prior, PatientKey.Of(number));
            if (prior == survivor) continue;
            Cx.ToIdentifier(prior.Item("identifier"), number);
            prior.AddIdentifiers("identifier", mrg[2]);
            if (mrg[1].HasValue) prior.AddIdentifiers("identifier", mrg[4]);
            prior.Set("active", false);
            prior.AddNames("name", mrg[7]);
            AdtMerge.Link(prior, survivor, "replaced-by");
            AdtMerge.Link(survivor, prior, "replaces");
            PidPatient.ReferToCitizen(mapping, prior);
            if (changed) OldNumber(survivor, number);
        }
    }

    /// <summary>The numbers of PID-3, each as <see cref="Named"/>: what MRG-1 has of them too stays with the patient.</summary>
    internal static HashSet<(string Number, string Authority)> Staying(SegmentValue pid)
    {
        var numbers = new HashSet<(string, string)>();
        foreach (var number in pid[3]) numbers.Add(Named(number));
        return numbers;
    }

    internal static (string Number, string Authority) Named(Value cx) => (cx[1].Text, Cx.Authority(cx).Text);

    /// <summary>Adds a number that is no longer used, as identifier of what has taken its place.</summary>
    internal static void OldNumber(FhirNode survivor, Value number)
    {
        if (number[1].Leaf < 0) return;
        var identifier = survivor.Item("identifier").Constant("use", "old");
        Cx.ToIdentifier(identifier, number);
    }

    /// <summary>Of an account or a visit, MRG-1 says again whose it is.</summary>
    internal static void DropRepeated(SegmentValue mrg, HashSet<(string Number, string Authority)> staying)
    {
        foreach (var number in mrg[1])
        {
            if (number[1].Leaf >= 0 && staying.Contains(Named(number))) number.Drop(DropRule.SameAsOther);
        }
    }
}
