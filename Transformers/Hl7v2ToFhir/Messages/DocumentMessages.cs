using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Segments;
using EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Documents;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>
/// MDM_T01 and MDM_T02 (HL7 v2.8.2 9.5): a document, without or with its content. Orders stand in front of the TXA, content behind it.
/// </summary>
internal static class DocumentMessages
{
    public static void Map(Mapping mapping)
    {
        var header = MshMessageHeader.Map(mapping);
        var patient = PidPatient.Map(mapping.First("PID"), WriteMode.CreateIfAbsent);
        if (patient.Exists) Pv1Encounter.Map(mapping.First("PV1"), WriteMode.CreateIfAbsent);
        var orders = new OrdersWithin(mapping, results: false);
        ObxContent? content = null;
        FhirNode document = default;
        foreach (var segment in mapping.Segments)
        {
            switch (segment.Name)
            {
                case "PD1" when patient.Exists && content is null:
                    Pd1Patient.Map(segment, patient);
                    break;
                case "PV2" when mapping.Encounter.Exists && content is null:
                    Pv2Encounter.Map(segment, mapping.Encounter);
                    break;
                case "TXA" when content is null:
                    orders.End();
                    document = TxaDocumentReference.Map(segment);
                    content = new ObxContent(mapping, document, mapping.Resources.Of(document).Category);
                    foreach (var order in orders.Requests) document.Object("context").ReferItem("related", order);
                    break;
                case "OBX" when content is not null:
                    content.Take(segment);
                    break;
                case "NTE" when content is not null:
                    content.Note(segment);
                    break;
                default:
                    if (content is null) orders.Take(segment);
                    break;
            }
        }

        content?.Complete();
        header.ReferItem("focus", document.Exists ? document : patient);
        if (document.Exists) TxaProvenance.Map(mapping.First("TXA"), document);
        EvnProvenance.Map(mapping);
    }
}
