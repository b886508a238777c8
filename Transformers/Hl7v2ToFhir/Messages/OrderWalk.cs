using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;
using EHealthPlus.Transformers.Hl7v2ToFhir.Segments;
using EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Devices;
using EHealthPlus.Transformers.Hl7v2ToFhir.Segments.Studies;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>
/// The messages about orders and results (HL7 v2.8.2 4.4, 7.3). The segments are taken in their order; each says of itself where it
/// belongs, so a message that bends the grammar still comes through. In what they differ, <see cref="OrderForm"/> says.
/// </summary>
internal sealed class OrderWalk
{
    private readonly Mapping mapping;
    private readonly OrderForm form;
    private readonly FhirNode header;
    private readonly PatientSegments about;
    private readonly DeviceTree devices;
    private readonly PriorResults prior;
    private readonly Study study;

    private OrderGroup? group;
    private FhirNode replaced, observation, noted;

    // The specimen in force: of the order, or in front of several.
    private FhirNode specimen, container;
    private bool reported, behindSpecimen;

    // Place behind the segments that the map of a drug's order took.
    private int taken;
    private string before = "";

    private OrderWalk(Mapping mapping, OrderForm form)
    {
        (this.mapping, this.form) = (mapping, form);
        header = MshMessageHeader.Map(mapping);
        MsaMessageHeader.Map(mapping, header);
        Patient(mapping.First("PID"));
        about = new PatientSegments(mapping);
        devices = new DeviceTree(mapping);
        prior = new PriorResults(mapping);
        study = new Study(mapping);
    }

    private bool Results => form.HasFlag(OrderForm.Results);

    public static void Orders(Mapping mapping) => Map(mapping, OrderForm.Order);

    public static void OrdersOfSpecimens(Mapping mapping) => Map(mapping, OrderForm.SpecimenFirst);

    public static void Reports(Mapping mapping) => Map(mapping, OrderForm.Results);

    public static void ReportsOfSpecimens(Mapping mapping) => Map(mapping, OrderForm.Results | OrderForm.SpecimenFirst | OrderForm.OrcBehindObr);

    public static void ReportsWithSpecimens(Mapping mapping) => Map(mapping, OrderForm.Results | OrderForm.OrcBehindObr);

    public static void Alerts(Mapping mapping) => Map(mapping, OrderForm.Results | OrderForm.Alert);

    private static void Map(Mapping mapping, OrderForm form)
    {
        var walk = new OrderWalk(mapping, form);
        foreach (var segment in mapping.Segments) walk.Take(segment);
        walk.EndOrder();
        if (!walk.header.Has("focus")) walk.header.ReferItem("focus", mapping.Patient);
    }

    private void Take(SegmentValue segment)
    {
        if (segment.Index < taken && segment.Name != "ORC") return;
        switch (segment.Name)
        {
            case "PID" or "PV1" or "AL1" when group is not null && !Results:
                EndOrder();
                prior.Begin(segment);
                break;
            case "PID" when before.Length > 0:
                EndOrder();
                mapping.EnterPatient(segment);
                Patient(segment);
                break;
            case "ORC":
                Common(segment);
                break;
            case "OBR":
                Request(segment);
                break;
            case "OBX":
                Observe(segment);
                break;
            case "NTE":
                NteNote.Map(segment, noted);
                break;
            case "TQ1" when group is not null:
                Tq1ServiceRequest.Map(segment, group);
                break;
            case "SPM":
                Specimen(segment);
                break;
            case "SAC":
                Container(segment);
                break;
            case "PRT" when before is "PID" or "PV1":
                if (!prior.InForce) about.Take(segment, before);
                break;
            case "PRT" when devices.Last.Exists:
                PrtDevice.Fill(devices.Last, segment);
                break;
            case "PRT" when observation.Exists:
                PrtParticipation.ToObservation(segment, observation);
                break;
            case "PRT" when group is not null:
                PrtParticipation.ToOrder(segment, group);
                break;
            case "DG1" when group is not null && mapping.Patient.Exists:
                Diagnosis(segment);
                break;
            case "IPC" when group is not null:
                IpcServiceRequest.Map(segment, group);
                break;
            case "ZDS" when group is not null:
                IpcServiceRequest.StudyInstance(group.Request, segment[1].First);
                break;
            case "CTI" when group is not null:
                CtiResearchStudy.Map(segment, group.Report.Exists ? group.Report : group.Request);
                break;
            case "CSR" or "CSP" or "CSS" when mapping.Patient.Exists:
                study.Take(segment);
                break;
            case "SID" when observation.Exists:
                SidReagent.Map(segment, observation);
                break;
            default:
                if (!prior.InForce) about.Take(segment, before);
                break;
        }

        if (segment.Name is "PID" or "PV1" or "ORC" or "OBR" or "OBX" or "SPM") before = segment.Name;
    }

    // ORU_R01 may bring the results of several patients, each with his visit.
    private void Patient(SegmentValue pid)
    {
        if (!PidPatient.Map(pid, WriteMode.CreateIfAbsent).Exists) return;
        for (var at = pid.Index + 1; at < mapping.Segments.Count && mapping.Segments[at].Name is not ("PID" or "ORC" or "OBR" or "SPM"); at++)
        {
            if (mapping.Segments[at].Name != "PV1") continue;
            Pv1Encounter.Map(mapping.Segments[at], WriteMode.CreateIfAbsent);
            return;
        }
    }

    private void Common(SegmentValue orc)
    {
        if (group is not null && group.Orc.Exists && group.Orc.Index == orc.Index) return;
        Begin(orc, ObrOf(orc));
    }

    private void Request(SegmentValue obr)
    {
        if (group is null || group.Obr.Index != obr.Index || !group.Obr.Exists)
        {
            var orc = form.HasFlag(OrderForm.OrcBehindObr) && obr.Index + 1 < mapping.Segments.Count ? mapping.Segments[obr.Index + 1] : default;
            Begin(orc.Exists && orc.Name == "ORC" ? orc : default, obr);
        }

        (observation, noted, reported) = (default, group!.Request, true);
    }

    private void Begin(SegmentValue orc, SegmentValue obr)
    {
        EndOrder();
        prior.Meet(orc);
        // Without OBR it is an order that is known by its numbers; a drug's RXO belongs to another map.
        if (!obr.Exists)
        {
            Numbered(orc);
            return;
        }

        group = new OrderGroup(mapping, orc, obr) { HasResults = Results || prior.InForce, Replaced = replaced };
        (observation, noted, reported, behindSpecimen) = (default, default, false, false);
        OrderServiceRequest.Map(group);
        if (group.HasResults) ObrDiagnosticReport.Map(group);
        Specimens(group);
        OrderProvenance.Map(group);
        study.Claim(group.Report);
        noted = group.Request;
        replaced = orc.Exists && orc[1].First.Text is "RP" or "RQ" or "RU" ? group.Request : replaced;
        if (prior.InForce) prior.Add(group);
        else header.ReferItem("focus", group.Report.Exists ? group.Report : group.Request);
        if (!prior.InForce) prior.Asks(group.Request);
    }

    private void Numbered(SegmentValue orc)
    {
        group = null;
        (observation, noted) = (default, default);
        if (RxoOf(orc) is { Exists: true } rxo)
        {
            // Its own map takes the segments behind it, up to the next order.
            header.ReferItem("focus", PharmacyOrder.Map(orc, rxo, out taken));
            return;
        }

        header.ReferItem("focus", OrcTask.Map(new OrderGroup(mapping, orc, default)));
    }

    private SegmentValue RxoOf(SegmentValue orc)
    {
        var rxo = mapping.First("RXO", orc.Index);
        return rxo.Exists && mapping.First("ORC", orc.Index + 1) is var next && (!next.Exists || next.Index > rxo.Index) ? rxo : default;
    }

    // The OBR that an ORC is followed by, with what may stand between: participants, timing, notes, documents.
    private SegmentValue ObrOf(SegmentValue orc)
    {
        var segments = mapping.Segments;
        for (var at = orc.Index + 1; at < segments.Count && segments[at].Name is not ("ORC" or "PID" or "PV1" or "SPM" or "SAC" or "RXO"); at++)
        {
            if (segments[at].Name == "OBR") return segments[at];
        }

        return default;
    }

    private void Observe(SegmentValue obx)
    {
        if (devices.Takes(obx))
        {
            (observation, noted) = (default, default);
            return;
        }

        if (group is null)
        {
            // In front of the orders: about the specimen there, or else about the patient.
            observation = specimen.Exists ? ObxObservation.OfSpecimen(obx, specimen, NextOrder(obx).Section.Category) : ObxObservation.Map(obx, SharingCategory.ObservationsAndLifestyle);
        }
        else
        {
            observation = ObxObservation.Map(obx, group);
            if (group.HasResults && reported && !obx[29].First.IsOneOf("QST"u8, "SCI"u8)) group.Report.ReferItem("result", observation);
            else if (group.Request.Exists) group.Request.ReferItem("supportingInfo", observation);
            if (form.HasFlag(OrderForm.Alert)) group.Told.Add(observation);
            if (behindSpecimen) observation.ReferItem("focus", specimen);
        }

        devices.Refer(observation, obx);
        noted = observation;
    }

    private void Specimen(SegmentValue spm)
    {
        if (form.HasFlag(OrderForm.SpecimenFirst))
        {
            EndOrder();
            specimen = SpmSpecimen.Map(spm, NextOrder(spm));
        }
        else if (group is not null)
        {
            // What follows is about this specimen: the results of it, or where the results stood before, the specimen itself.
            behindSpecimen = before == "OBX" || !group.HasResults;
            specimen = group.Specimen = group.Specimens[spm.Index];
        }

        (observation, noted) = (default, specimen);
    }

    private void Container(SegmentValue sac)
    {
        if (specimen.Exists && (form.HasFlag(OrderForm.SpecimenFirst) || group is { Specimens.Count: > 0 }))
        {
            SacContainer.Map(sac, specimen);
            (observation, noted) = (default, specimen);
            return;
        }

        // Without SPM it stands in front of its order.
        EndOrder();
        container = SacContainer.ToSpecimen(sac, NextOrder(sac).Section.Category);
        noted = container;
    }

    private void Diagnosis(SegmentValue dg1)
    {
        var condition = Dg1Condition.Map(dg1, mapping.Encounter, WriteMode.CreateIfAbsent);
        if (group!.Request.Exists) group.Request.ReferItem("reasonReference", condition);
    }

    private OrderGroup NextOrder(SegmentValue segment) => new(mapping, mapping.First("ORC", segment.Index), mapping.First("OBR", segment.Index));

    // A specimen stands behind the results that came from it, which are to refer to it.
    private void Specimens(OrderGroup order)
    {
        if (form.HasFlag(OrderForm.SpecimenFirst) && !prior.InForce)
        {
            Belongs(order, order.Specimen = specimen);
            return;
        }

        var segments = mapping.Segments;
        for (var at = Math.Max(order.Obr.Index, order.Orc.Index) + 1; at < segments.Count && segments[at].Name is not ("OBR" or "ORC" or "PID"); at++)
        {
            if (segments[at].Name == "SPM") order.Specimens[at] = SpmSpecimen.Map(segments[at], order);
        }

        if (order.Specimens.Count == 0) order.Specimen = ObrSpecimen.Map(order, container);
        // Of several specimens none is known to be the one of a result that stands before them all.
        else if (order.Specimens.Count == 1) order.Specimen = order.Specimens.GetValueAtIndex(0);
        if (order.Specimens.Count < 2) Belongs(order, order.Specimen);
        else foreach (var one in order.Specimens.Values.Distinct()) Belongs(order, one);
        (specimen, container) = (order.Specimen, default);
    }

    private static void Belongs(OrderGroup order, FhirNode specimen)
    {
        if (!specimen.Exists) return;
        if (order.Report.Exists) order.Report.ReferItem("specimen", specimen);
        else if (order.Request.Exists) order.Request.ReferItem("specimen", specimen);
        specimen.ReferItem("request", order.Request);
    }

    private void EndOrder()
    {
        if (group is not null && form.HasFlag(OrderForm.Alert)) AlertCommunication.Map(group);
        group = null;
        if (!form.HasFlag(OrderForm.SpecimenFirst)) specimen = default;
        (observation, noted, behindSpecimen) = (default, default, false);
    }
}
