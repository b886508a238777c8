namespace EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

/// <summary>In what the messages about orders and results differ (HL7 v2.8.2 chapters 4 and 7): the rest of their walk is one.</summary>
[Flags]
internal enum OrderForm
{
    /// <summary>Orders and the answers to them (ORM, OML, OMG, OMI, ORR, ORL, ORG, ORI): an OBX is a question answered with the order.</summary>
    Order = 0,

    /// <summary>An OBX is a result, and each OBR a report (ORU, OUL, CSU).</summary>
    Results = 1,

    /// <summary>A specimen stands before its orders, and holds for all of them up to the next (OML_O33, OML_O35, ORL_O34, ORL_O36, OUL_R22, OUL_R23).</summary>
    SpecimenFirst = 2,

    /// <summary>The ORC stands behind its OBR (OUL_R22, OUL_R23, OUL_R24).</summary>
    OrcBehindObr = 4,

    /// <summary>Each OBR is an alarm (ORU_R40).</summary>
    Alert = 8,
}
