namespace EHealthPlus.Transformers.Terminology.Tables;

/// <summary>
/// The official maps from HL7 v2 tables to FHIR code systems (v2-to-FHIR implementation guide, concept maps), one property each.
/// A table that FHIR needs in two ways has two maps, such as PatientClass for Encounter.class and for Encounter.status.
/// </summary>
public static partial class TableMaps;
