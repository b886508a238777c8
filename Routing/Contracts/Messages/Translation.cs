using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Routing.Contracts.Terminology;

namespace EHealthPlus.Routing.Contracts.Messages;

/// <summary>Turns one message into a canonical message. Pure: the same bytes and context give the same bytes.</summary>
public interface IMessageTranslator
{
    Result<Translation> Translate(ReadOnlyMemory<byte> message, TranslationContext context);

    /// <summary>
    /// Whether messages of that kind are about patients, so that these must be identified and admitted first. False for those that speak of
    /// none, such as MFN; true where the kind is not known.
    /// </summary>
    /// <param name="messageCode">MSH-9.1.</param>
    /// <param name="triggerEvent">MSH-9.2.</param>
    bool IsAboutPatients(string messageCode, string triggerEvent);
}

/// <summary>Whom one PID of a message is about, as the index knows him.</summary>
/// <param name="Id">Id of the citizen's Patient.</param>
/// <param name="PriorId">Whom the MRG behind the PID is about, where the index knows that: the same citizen, or the one that an account or visit moves from.</param>
public sealed record MessageSubject(string Id, string? PriorId = null);

/// <param name="Source">Where the message came from: names the id space of its resources, its character set and its time zone.</param>
/// <param name="DepositId">The deposit that Provenance names; null outside a hub.</param>
/// <param name="Subjects">
/// The citizens in the order of the PIDs: clinical resources refer to their Patients. Null outside a hub, where they refer to the source's
/// own Patient; empty for a message that is about nobody.
/// </param>
/// <param name="ReceivedAt">Goes to Provenance.recorded.</param>
public sealed record TranslationContext(Source Source, DepositId? DepositId, IReadOnlyList<MessageSubject>? Subjects, DateTimeOffset ReceivedAt);

/// <summary>The canonical message: a FHIR R4 Bundle of type message, its resources as slices of it, and the ledger.</summary>
/// <param name="Bundle">UTF-8 JSON.</param>
public sealed record Translation(ReadOnlyMemory<byte> Bundle, IReadOnlyList<TranslatedResource> Resources, ILedger Ledger)
{
    /// <summary>Each occurrence of a code that neither an official map nor a local one knew.</summary>
    public IReadOnlyList<UnmappedCode> Unmapped { get; init; } = [];
}

/// <summary>How a resource changes what the record already holds under its id.</summary>
public enum WriteMode
{
    /// <summary>A snapshot: it takes the place of what was there.</summary>
    Replace = 1,

    /// <summary>HL7 v2 update: elements that are absent stay as they were (v2.8.2 2.5.3), those in <see cref="TranslatedResource.DeletedElements"/> go.</summary>
    Merge = 2,

    /// <summary>Said in passing, as by the PID of a result: kept only where nothing is known yet.</summary>
    CreateIfAbsent = 3,

    /// <summary>Belongs to the message, not to the record: MessageHeader.</summary>
    MessageOnly = 4,
}

/// <param name="Json">UTF-8, without meta.versionId and meta.lastUpdated: the record adds these when it is read.</param>
/// <param name="DeletedElements">Elements that the message takes out: nulled (""), such as maritalStatus or period.end, or undone, such as link:Patient/ID.</param>
/// <param name="AboutPatient">True where the resource belongs to the citizen's compartment; false for Practitioner, Organization, Location.</param>
public sealed record TranslatedResource(
    string Type, string Id, SharingCategory Category, ReadOnlyMemory<byte> Json, WriteMode Mode, ResourceIndex Index,
    IReadOnlyList<string> DeletedElements, bool AboutPatient)
{
    /// <summary>Whose record it belongs to; null for that of the deposit's first citizen. Says nothing where it is not about a patient.</summary>
    public string? SubjectId { get; init; }

    /// <summary>True where it goes into a citizen's record, and so its category must be one that may be deposited there.</summary>
    public bool IsFiled => AboutPatient && Mode != WriteMode.MessageOnly;
}

/// <summary>What became of each populated leaf of a message. Counts add up to the number of leaves.</summary>
public interface ILedger
{
    int Mapped { get; }

    int Carried { get; }

    int Dropped { get; }

    /// <summary>One row a leaf, in message order. Made when asked for.</summary>
    IEnumerable<LedgerRow> Rows();
}

public enum LedgerDisposition
{
    /// <summary>It is in the FHIR body, at the path.</summary>
    Mapped = 1,

    /// <summary>Kept verbatim beside the body.</summary>
    Carried = 2,

    /// <summary>Left out by the named rule.</summary>
    Dropped = 3,
}

/// <param name="Value">Text of the leaf as sent, escapes resolved.</param>
/// <param name="Path">Mapped: FHIR paths, such as Patient.name[0].family, one for each place it went to.</param>
/// <param name="Rule">Carried or dropped: why. Mapped: a note where the value was changed, such as an offset that the source's setting gave.</param>
public sealed record LedgerRow(FieldLocation Location, string Value, LedgerDisposition Disposition, IReadOnlyList<string> Path, string? Rule);
