using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Hl7v2.Er7;

namespace EHealthPlus.Transformers.Hl7v2.Reading;

/// <summary>Takes the envelope from MSH (HL7 v2.8.2 2.14.9).</summary>
internal static class EnvelopeReading
{
    /// <param name="withPatient">False where only the header could be read.</param>
    public static MessageEnvelope Read(Er7Message message, bool withPatient)
    {
        string version = message.Header.Text(12);
        IReadOnlyList<PatientAsStated> patients = withPatient ? PatientReading.Read(message, version) : [];
        Segment header = message.Header;
        Element type = header[9].First;
        return new MessageEnvelope(
            MessageCode: type[1].Text, TriggerEvent: type[2].Text, Structure: type[3].Text,
            ControlId: header.Text(10), Version: version, ProcessingId: header.Text(11),
            SendingApplication: header.Text(3), SendingFacility: header.Text(4),
            ReceivingApplication: header.Text(5), ReceivingFacility: header.Text(6),
            AcceptAcknowledgement: Condition(header[15]), ApplicationAcknowledgement: Condition(header[16]),
            CharacterSet: message.CharacterSet.Code, Patients: patients, PatientKey: PatientReading.Key(patients));
    }

    /// <summary>HL7 table 0155.</summary>
    private static AcknowledgementCondition Condition(Field field)
    {
        ReadOnlySpan<byte> code = field.First.Utf8;
        return code.SequenceEqual("AL"u8) ? AcknowledgementCondition.Always
            : code.SequenceEqual("NE"u8) ? AcknowledgementCondition.Never
            : code.SequenceEqual("ER"u8) ? AcknowledgementCondition.ErrorOnly
            : code.SequenceEqual("SU"u8) ? AcknowledgementCondition.SuccessOnly
            : AcknowledgementCondition.NotStated;
    }
}
