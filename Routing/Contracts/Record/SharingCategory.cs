namespace EHealthPlus.Routing.Contracts.Record;

/// <summary>
/// The sharable scope of eHealth: eleven categories (Finance Committee paper of 5 July 2024, paragraph 10), and from 12 the extensions that
/// the scope has taken in beside them. Numbers are stored: they are only appended.
/// </summary>
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

    /// <summary>The images themselves, beside their reports in category 7.</summary>
    RadiologyImages = 12,

    /// <summary>Chinese medicine diagnoses, formulae and treatments.</summary>
    ChineseMedicineRecords = 13,

    /// <summary>What the citizen or a personal device entered, and the Personal Folder: never mixed with clinical values in silence.</summary>
    PatientProvidedData = 14,

    /// <summary>Data of subsidised programmes: chronic disease co-care, screening, vouchers.</summary>
    ProgrammeData = 15,
    DentalRecords = 16,

    /// <summary>Records of community care: district health centres, residential care homes.</summary>
    CommunityCareRecords = 17,
}
