using System.Collections.Frozen;

namespace EHealthPlus.Routing.Contracts.Registry;

/// <summary>How a profession is written.</summary>
/// <param name="Key">Lower case with hyphens: medical-practitioner. In files, tokens and commands.</param>
public sealed record ProfessionName(Profession Profession, string Key, string English, string Chinese)
{
    private static readonly FrozenDictionary<Profession, ProfessionName> Names = new ProfessionName[]
    {
        new(Profession.MedicalPractitioner, "medical-practitioner", "medical practitioner", "醫生"),
        new(Profession.Dentist, "dentist", "dentist", "牙醫"),
        new(Profession.ChineseMedicinePractitioner, "chinese-medicine-practitioner", "Chinese medicine practitioner", "中醫"),
        new(Profession.Nurse, "nurse", "nurse", "護士"),
        new(Profession.Midwife, "midwife", "midwife", "助產士"),
        new(Profession.Pharmacist, "pharmacist", "pharmacist", "藥劑師"),
        new(Profession.Dispenser, "dispenser", "dispenser", "配藥員"),
        new(Profession.MedicalLaboratoryTechnologist, "medical-laboratory-technologist", "medical laboratory technologist", "醫務化驗師"),
        new(Profession.Radiographer, "radiographer", "radiographer", "放射技師"),
        new(Profession.Physiotherapist, "physiotherapist", "physiotherapist", "物理治療師"),
        new(Profession.OccupationalTherapist, "occupational-therapist", "occupational therapist", "職業治療師"),
        new(Profession.Optometrist, "optometrist", "optometrist", "視光師"),
        new(Profession.Chiropractor, "chiropractor", "chiropractor", "脊醫"),
        new(Profession.DentalHygienist, "dental-hygienist", "dental hygienist", "牙齒衞生員"),
        new(Profession.Dietitian, "dietitian", "dietitian", "營養師"),
        new(Profession.SpeechTherapist, "speech-therapist", "speech therapist", "言語治療師"),
        new(Profession.ClinicalPsychologist, "clinical-psychologist", "clinical psychologist", "臨床心理學家"),
        new(Profession.Audiologist, "audiologist", "audiologist", "聽力學家"),
        new(Profession.Podiatrist, "podiatrist", "podiatrist", "足病診療師"),
        new(Profession.ProsthetistOrthotist, "prosthetist-orthotist", "prosthetist or orthotist", "義肢矯形師"),
        new(Profession.MedicalSocialWorker, "medical-social-worker", "medical social worker", "醫務社工"),
        new(Profession.AdministrativeStaff, "administrative-staff", "administrative staff", "行政人員"),
    }.ToFrozenDictionary(name => name.Profession);

    private static readonly FrozenDictionary<string, ProfessionName> ByKey = Names.Values.ToFrozenDictionary(name => name.Key, StringComparer.Ordinal);

    /// <summary>All, in the order of their numbers.</summary>
    public static IReadOnlyList<ProfessionName> All { get; } = [.. Names.Values.OrderBy(name => name.Profession)];

    public static ProfessionName Of(Profession profession) => Names[profession];

    /// <returns>Null for a key that names no profession.</returns>
    public static ProfessionName? Find(string key) => ByKey.GetValueOrDefault(key);
}
