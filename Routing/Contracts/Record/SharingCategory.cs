namespace EHealthPlus.Routing.Contracts.Record;

/// <summary>The sharable scope of eHealth: eleven categories (Finance Committee paper of 5 July 2024, paragraph 10).</summary>
public enum SharingCategory
{
    /// <summary>Not patient data: Practitioner, Organization, Location, MessageHeader.</summary>
    None = 0,
    PersonalParticulars = 1,
    AllergiesAndAdverseDrugReactions = 2,
    EncountersAndAppointments = 3,
    DiagnosesProceduresMedications = 4,
    ClinicalNotesAndSummaries = 5,
    BirthAndImmunisation = 6,
    LaboratoryAndRadiologyReports = 7,
    OtherInvestigationReports = 8,
    Referrals = 9,
    ObservationsAndLifestyle = 10,
    MedicalCertificates = 11,
}
