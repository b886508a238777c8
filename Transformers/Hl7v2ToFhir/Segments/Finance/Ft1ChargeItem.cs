using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Resources;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Finance;

/// <summary>
/// FT1: a charge or the credit of one, as ChargeItem (HL7 v2.8.2 6.5.1; the official maps have no FT1). Payments and adjustments are
/// carried: R4 knows them only as parts of a reconciliation between payer and provider.
/// </summary>
internal static class Ft1ChargeItem
{
    /// <summary>Url of the extensions with the amounts that ChargeItem has no element for; the name of the amount follows.</summary>
    private const string Amount = "urn:ehealthplus:extension:charge-";

    public static FhirNode Map(SegmentValue ft1, FhirNode account)
    {
        var mapping = ft1.Mapping;
        ft1[1].Drop(DropRule.SetId);
        var kind = ft1[6].First[1];
        if (kind.Is("PY"u8) || kind.Is("AJ"u8) || kind.Is("CO"u8))
        {
            for (var field = 2; field <= 56; field++) ft1[field].Note(CarryReason.NotACharge);
            return default;
        }

        var charge = mapping.Resources.Begin("ChargeItem", SharingCategory.DiagnosesProceduresMedications);
        charge.AddIdentifiers("identifier", ft1[2]); // FT1-2 identifier
        // FT1-6 status: of a credit (CD) nobody is to be billed.
        charge.Set("status", kind.Is("CD"u8) ? "not-billable" : kind.Is("CG"u8) ? "billable" : "unknown", kind.IsOneOf("CG"u8, "CD"u8) ? kind.Leaf : FhirNode.NoLeaf);
        Code(charge, ft1);
        mapping.ReferToSubject(charge, "subject");
        charge.Refer("context", mapping.Encounter);
        Occurrence(charge, ft1[4].First);
        Performers(charge, ft1[20], "PPRF", "primary performer"); // FT1-20 performer
        Performers(charge, ft1[21], "REF", "referrer"); // FT1-21 performer
        charge.Refer("performingOrganization", Xon.ToOrganization(ft1[32])); // FT1-32 performingOrganization
        charge.Refer("requestingOrganization", Xon.ToOrganization(ft1[33])); // FT1-33 requestingOrganization
        charge.Refer("costCenter", CweOrganization.Map(ft1[13])); // FT1-13 costCenter
        if (ft1[10].HasValue) Quantities.SetNumber(charge.Object("quantity"), ft1[10], default); // FT1-10 quantity
        charge.SetMoney("priceOverride", ft1[11]); // FT1-11 priceOverride
        Extra(charge, "unit-price", ft1[12]); // FT1-12
        Extra(charge, "insurance-amount", ft1[15]); // FT1-15
        Extra(charge, "unit-cost", ft1[22]); // FT1-22
        charge.Refer("enterer", Xcn.ToPractitioner(ft1[24])); // FT1-24 enterer
        charge.SetDateTime("enteredDate", ft1[5]); // FT1-5 enteredDate
        charge.AddConcepts("reason", ft1[19]); // FT1-19 reason
        Product(charge, ft1);
        charge.ReferItem("account", account);
        Orders(charge, ft1);
        mapping.Resources.Own(charge, Key(ft1));
        return charge;
    }

    // The code of the price list and the code of the procedure say the same thing in two systems.
    private static void Code(FhirNode charge, SegmentValue ft1)
    {
        charge.SetConcept("code", ft1[7]); // FT1-7 code
        var procedure = ft1[25].First;
        if (procedure.HasValue && procedure[1].Is(ft1[7].First[1].Utf8) && procedure[3].Is(ft1[7].First[3].Utf8)) procedure.Drop(DropRule.SameAsOther);
        else charge.SetConcept("code", procedure); // FT1-25 code
        var code = charge.Object("code");
        if (!code.Has("text") && !code.SetText("text", ft1[8])) code.SetText("text", ft1[9]); // FT1-8 FT1-9 code.text
        // R4 ChargeItem.code is 1..1.
        if (!charge.Has("code")) code.Set("text", "Charge");
    }

    // FT1-4 DR[Period]
    private static void Occurrence(FhirNode charge, Value dr)
    {
        if (dr[2].Leaf >= 0) Dr.ToPeriod(charge.Object("occurrencePeriod"), dr);
        else charge.SetDateTime("occurrenceDateTime", dr[1]);
    }

    private static void Performers(FhirNode charge, FieldValue people, string function, string display)
    {
        foreach (var person in people)
        {
            var practitioner = Xcn.ToPractitioner(person);
            if (!practitioner.Populated) continue;
            var performer = charge.Item("performer");
            performer.ConstantObject("function").ConstantItem("coding")
                .Constant("system", "http://terminology.hl7.org/CodeSystem/v3-ParticipationType").Constant("code", function).Constant("display", display);
            performer.Refer("actor", practitioner);
        }
    }

    private static void Extra(FhirNode charge, string name, Value price)
    {
        if (price.HasValue) charge.Extension(Amount + name).SetMoney("valueMoney", price);
    }

    private static void Product(FhirNode charge, SegmentValue ft1)
    {
        charge.SetConcept("productCodeableConcept", ft1[29]); // FT1-29 product
        charge.SetConcept("productCodeableConcept", ft1[34]); // FT1-34 product
        if (ft1[43].HasValue) Quantities.SetQuantity(charge.Extension(Amount + "product-quantity"), "valueQuantity", ft1[43]); // FT1-43
    }

    // What the charge is for is known by its number only.
    private static void Orders(FhirNode charge, SegmentValue ft1)
    {
        Order(charge, "ServiceRequest", "FILL", ft1[23]); // FT1-23 supportingInformation
        if (ft1[38].HasValue) Cx.ToIdentifier(charge.Item("supportingInformation").Constant("type", "ServiceRequest").Object("identifier"), ft1[38]); // FT1-38 supportingInformation
        if (ft1[42].HasValue) charge.Item("supportingInformation").Constant("type", "MedicationRequest").Object("identifier").SetText("value", ft1[42]); // FT1-42 supportingInformation
    }

    private static void Order(FhirNode charge, string type, string kind, Value number)
    {
        if (number[1].Leaf < 0) return;
        var identifier = charge.Item("supportingInformation").Constant("type", type).Object("identifier");
        Cx.ConstantType(identifier, kind);
        Ei.ToIdentifier(identifier, number);
    }

    // The transaction's own number; else the account or visit, the day and the code, and which of the message's charges it is.
    private static IdKey Key(SegmentValue ft1)
    {
        var mapping = ft1.Mapping;
        var key = mapping.Resources.PartOf(mapping.Patient, "ChargeItem");
        var transaction = ft1[2].First;
        if (transaction[1].Leaf >= 0) return key.Add("transaction").Add(transaction[1]).Add(transaction[4][1]);
        return key.Add("message").Add(mapping.ControlId).Add(ft1[1]).Add(ft1[4].First[1]).Add(ft1[7].First[1]).Add(ft1[25].First[1]);
    }
}
