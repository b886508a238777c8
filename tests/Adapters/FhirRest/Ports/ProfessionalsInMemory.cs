using EHealthPlus.Routing.Contracts.Registry;

namespace EHealthPlus.Tests.Adapters.FhirRest.Ports;

/// <summary>A doctor who works for two clinics, one of which is over, and a nurse with the doctor's number at another board.</summary>
public sealed class ProfessionalsInMemory : IProfessionals
{
    public IReadOnlyList<Professional> All { get; } =
    [
        new("dr-test", "TEST Doctor", "測試醫生", Profession.MedicalPractitioner, "M00001"), new("nurse-test", "TEST Nurse", "", Profession.Nurse, "M00001"),
        new("staff-test", "TEST Staff", "", Profession.AdministrativeStaff, "", Active: false),
    ];

    public Professional? Get(string id) => All.FirstOrDefault(each => each.Id == id);

    public IReadOnlyList<Affiliation> AffiliationsOf(string professionalId) => professionalId switch
    {
        "dr-test" => [new("dr-test", "clinic-b", FhirInterface.Start.AddYears(-2), FhirInterface.Start.AddYears(-1)), new("dr-test", "clinic-a", FhirInterface.Start.AddYears(-1))],
        "nurse-test" => [new("nurse-test", "clinic-a", FhirInterface.Start.AddDays(-1))],
        _ => [],
    };

    public Task SaveAsync(Professional professional, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task SaveAsync(Affiliation affiliation, CancellationToken cancellationToken) => throw new NotSupportedException();
}
