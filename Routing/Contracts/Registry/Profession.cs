namespace EHealthPlus.Routing.Contracts.Registry;

/// <summary>
/// The professions of eHealth's role-based access, in the words of their registration laws. Numbers are stored: they are only appended.
/// </summary>
public enum Profession
{
    /// <summary>Registered medical practitioner (Cap. 161).</summary>
    MedicalPractitioner = 1,

    /// <summary>Registered dentist (Cap. 156).</summary>
    Dentist = 2,

    /// <summary>Registered or listed Chinese medicine practitioner (Cap. 549).</summary>
    ChineseMedicinePractitioner = 3,

    /// <summary>Registered or enrolled nurse (Cap. 164).</summary>
    Nurse = 4,

    /// <summary>Registered midwife (Cap. 162).</summary>
    Midwife = 5,

    /// <summary>Registered pharmacist (Cap. 138).</summary>
    Pharmacist = 6,

    /// <summary>Dispenser: dispenses under a pharmacist or medical practitioner.</summary>
    Dispenser = 7,

    /// <summary>Registered medical laboratory technologist (Cap. 359).</summary>
    MedicalLaboratoryTechnologist = 8,

    /// <summary>Registered radiographer (Cap. 359).</summary>
    Radiographer = 9,

    /// <summary>Registered physiotherapist (Cap. 359).</summary>
    Physiotherapist = 10,

    /// <summary>Registered occupational therapist (Cap. 359).</summary>
    OccupationalTherapist = 11,

    /// <summary>Registered optometrist (Cap. 359).</summary>
    Optometrist = 12,

    /// <summary>Registered chiropractor (Cap. 428).</summary>
    Chiropractor = 13,

    /// <summary>Registered or enrolled dental hygienist (Cap. 156).</summary>
    DentalHygienist = 14,

    /// <summary>Dietitian (Accredited Registers Scheme).</summary>
    Dietitian = 15,

    /// <summary>Speech therapist (Accredited Registers Scheme).</summary>
    SpeechTherapist = 16,

    /// <summary>Clinical psychologist (Accredited Registers Scheme).</summary>
    ClinicalPsychologist = 17,

    /// <summary>Audiologist (Accredited Registers Scheme).</summary>
    Audiologist = 18,

    /// <summary>Podiatrist.</summary>
    Podiatrist = 19,

    /// <summary>Prosthetist or orthotist.</summary>
    ProsthetistOrthotist = 20,

    /// <summary>Medical social worker (Cap. 505).</summary>
    MedicalSocialWorker = 21,

    /// <summary>Administrative staff of a provider: no healthcare professional.</summary>
    AdministrativeStaff = 22,
}
