using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments;

/// <summary>CX[RelatedPerson-Mother], named by PID-21: the mother of a newborn, known by her number.</summary>
internal static class PidMother
{
    public static void Map(SegmentValue pid)
    {
        var mapping = pid.Mapping;
        var mother = mapping.Resources.Begin("RelatedPerson", SharingCategory.PersonalParticulars, WriteMode.Merge);
        mother.AddIdentifiers("identifier", pid[21]); // CX.1 CX.2 CX.3 CX.4 CX.5 CX.7 CX.8 PID-21
        mapping.ReferToSubject(mother, "patient");
        mother.ConstantItem("relationship").ConstantItem("coding")
            .Constant("system", "http://terminology.hl7.org/CodeSystem/v3-RoleCode").Constant("code", "MTH").Constant("display", "mother");
        mapping.Resources.ShareOnce(mother, RelatedPersonKey.OfNumber(mapping, pid[21].First));
    }
}
