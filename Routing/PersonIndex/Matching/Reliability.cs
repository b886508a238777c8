using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.PersonIndex.Matching;

/// <summary>
/// Reads PID-32 (HL7 table 0445, user-defined). Of the table's suggestions UD says that the date of birth is made up and AL that the name is
/// an alias: such a field does not agree with anything. The hub adds CHIP for fields read from the chip of the card, and SEEN for a document seen.
/// </summary>
internal static class Reliability
{
    public static Assurance AssuranceOf(PatientAsStated stated) =>
        Says(stated, "CHIP") ? Assurance.ChipRead : Says(stated, "SEEN") ? Assurance.DocumentSeen : Assurance.Stated;

    /// <returns>IdentityConflict where the sender takes a field back itself; null else.</returns>
    public static Rejection? FaultOf(PatientAsStated stated)
    {
        if (stated.Reliability.Count == 0) return null;
        if (Says(stated, "UD")) return new(RejectionCode.IdentityConflict, "The sender says that the date of birth is unknown or a default", new FieldLocation("PID", 1, 7));
        return Says(stated, "AL") ? new Rejection(RejectionCode.IdentityConflict, "The sender says that the name is an alias", new FieldLocation("PID", 1, 5)) : null;
    }

    private static bool Says(PatientAsStated stated, string code) => stated.Reliability.Contains(code, StringComparer.OrdinalIgnoreCase);
}
