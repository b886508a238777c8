using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Resources;

/// <summary>What makes an account the same one again: its number, as PID-18 or MRG-3 give it, and who gave it.</summary>
public static class AccountKey
{
    public static IdKey Of(Mapping mapping, Value cx) =>
        mapping.Resources.Key("Account").Add(cx[1]).Add(Cx.Authority(cx));
}
