namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>Scheduling (HL7 v2.8.2 chapter 10).</summary>
internal static class SchedulingStructures
{
    public static void Register(StructureRegister register)
    {
        register.Add("SIU", AppointmentMessages.Notify, "S12", "S13", "S14", "S15", "S16", "S17", "S18", "S19", "S20", "S21", "S22", "S26");
        register.Add("SIU", AppointmentMessages.Block, Patients.None, "S23", "S24");
        register.Add("SRM", AppointmentMessages.Propose, "S01");
        register.Add("SRM", AppointmentMessages.AskForChange, "S02", "S03", "S04", "S05", "S06", "S07", "S08", "S09", "S10", "S11");
        register.Add("SRR", AppointmentMessages.Answer, "S01", "S02", "S03", "S04", "S05", "S06", "S07", "S08", "S09", "S10", "S11");
    }
}
