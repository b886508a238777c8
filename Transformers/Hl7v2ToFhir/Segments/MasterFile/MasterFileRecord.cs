using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.MasterFile;

/// <summary>
/// MFE: one record of a master file, and what becomes of it (HL7 v2.8.2 8.5.2, table 0180): MAD adds, MUP updates, MDC deactivates, MAC
/// activates again, MDL deletes. What others refer to is never taken out of the record: deleted and deactivated both mean not active.
/// </summary>
internal sealed class MasterFileRecord(SegmentValue mfe)
{
    public SegmentValue Mfe { get; } = mfe;

    /// <summary>An added record is a snapshot; every other says only what changes.</summary>
    public WriteMode Mode { get; } = mfe[1].First.Is("MAD"u8) ? WriteMode.Replace : WriteMode.Merge;

    public bool Withdrawn { get; } = mfe[1].First.IsOneOf("MDC"u8, "MDL"u8);

    /// <summary>The primary key that the record begins with stands in MFE-4 too.</summary>
    public void DropRepeatedKey(Value key)
    {
        var stated = Mfe[4].First;
        if (stated.HasValue && stated[1].Is(key[1].Utf8) && stated[2].Is(key[2].Utf8)) stated.Drop(DropRule.SameAsOther);
    }

    /// <summary>Sets a boolean active: false where the record is withdrawn, else what the record says of itself (A or I, HL7 table 0183), else true.</summary>
    public void SetActive(FhirNode resource, Value flag = default)
    {
        if (Withdrawn) resource.Set("active", false, Mfe[1].First.Leaf);
        else if (flag.Leaf >= 0 && flag.IsOneOf("A"u8, "I"u8)) resource.Set("active", flag.Is("A"u8), flag.Leaf).AlsoFrom("active", Mfe[1].First.Leaf);
        else resource.Set("active", true, Mfe[1].First.Leaf);
    }

    /// <summary>Says who changed the master file, when, and how.</summary>
    public void Vouch(FhirNode target)
    {
        if (!target.Populated) return;
        var mapping = Mfe.Mapping;
        var provenance = mapping.Resources.BeginShared("Provenance");
        mapping.Resources.Own(provenance, mapping.Resources.Key("Provenance").Add("MFE").Add(mapping.ControlId).Add(target.Utf8Of("id")));
        provenance.ReferItem("target", target);
        provenance.SetDateTime("occurredDateTime", Mfe[3]); // MFE-3 occurredDateTime
        if (!provenance.SetInstant("recorded", Mfe[6])) provenance.SetInstant("recorded", mapping.Context.ReceivedAt); // MFE-6 recorded
        Activity(provenance);
        if (Mfe[7].HasValue) MshProvenance.Agent(provenance, "enterer", Xcn.ToPractitioner(Mfe[7]), mapping); // MFE-7 agent
        MshProvenance.Agent(provenance, "author", mapping.Sender, mapping);
        MshProvenance.Source(provenance, mapping);
    }

    private void Activity(FhirNode provenance)
    {
        var code = Mfe[1].First.Text switch
        {
            "MAD" => "CREATE",
            "MUP" => "UPDATE",
            "MDC" => "SUSPEND",
            "MAC" => "REACTIVATE",
            "MDL" => "DELETE",
            _ => null,
        };
        if (code is null) Mfe[1].Note(CarryReason.NoTableRow);
        else provenance.Object("activity").Item("coding").Constant("system", "http://terminology.hl7.org/CodeSystem/v3-DataOperation").Set("code", code, Mfe[1].First.Leaf); // MFE-1 activity
    }
}
