using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Messages;

namespace EHealthPlus.Routing.Contracts.Identity;

public enum AdministrativeSex { Unknown = 0, Female = 1, Male = 2, Other = 3 }

/// <summary>A citizen in the Person Master Index: the four index fields, and the names beside the first.</summary>
/// <param name="Id">Id of the citizen's Patient resource: 32 hexadecimal characters.</param>
/// <param name="DocumentNumber">HKID without brackets, A1234563.</param>
/// <param name="FamilyName">In Latin letters as on the document.</param>
/// <param name="ChineseName">Or empty.</param>
public sealed record Person(
    string Id, string DocumentNumber, string FamilyName, string GivenName, string ChineseName, AdministrativeSex Sex, DateOnly BirthDate,
    DateTimeOffset EnrolledAt)
{
    public IndexAssurance Assurance { get; init; } = IndexAssurance.Of(Identity.Assurance.Stated);

    /// <summary>Id of the person who this one turned out to be; null for all others.</summary>
    public string? MergedInto { get; init; }
}

/// <summary>What is stated when a citizen enrols.</summary>
public sealed record Enrolment(
    string DocumentNumber, string FamilyName, string GivenName, string ChineseName, AdministrativeSex Sex, DateOnly BirthDate)
{
    public IndexAssurance Assurance { get; init; } = IndexAssurance.Of(Identity.Assurance.Stated);

    /// <summary>When the citizen joined, where that was before the enrolment is recorded: when the message that says so was received. Null for now.</summary>
    public DateTimeOffset? JoinedAt { get; init; }
}

/// <summary>A local patient number of a source, linked to a person when a message once named both.</summary>
public sealed record PatientAlias(string SourceId, string AssigningAuthority, string Value);

/// <summary>Numbers to link to a person.</summary>
/// <param name="Audit">Kept in the same commit; not where nothing is linked that was not.</param>
public sealed record NumberLink(string PersonId, IReadOnlyList<PatientAlias> Numbers, AuditEntry Audit);

/// <summary>Numbers that go up in a person, as the MRG behind one PID states them.</summary>
public sealed record NumberMerge(Person Survivor, IReadOnlyList<StatedIdentifier> Prior);
