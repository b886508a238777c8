namespace EHealthPlus.Routing.Contracts.Identity;

/// <summary>What can happen to a person in the index. Stored as numbers.</summary>
public enum PersonEventKind
{
    /// <summary>A field was replaced by a better assured one, or its assurance was raised.</summary>
    Amended = 2,

    /// <summary>A local number was linked.</summary>
    Linked = 3,
    Unlinked = 4,

    /// <summary>Another person of the index turned out to be this one.</summary>
    Merged = 5,

    /// <summary>A merge was undone.</summary>
    Split = 6,
}

/// <summary>One step of a person's history in the index: who, when, what and why. Never changed and never deleted.</summary>
/// <param name="Actor">Name of the principal, or source:ID.</param>
/// <param name="OtherId">The person merged or split off, or from whom or to whom a number went.</param>
/// <param name="Number">The local number that it was about.</param>
/// <param name="Reason">The rule, or the registrar's words.</param>
public sealed record PersonEvent(
    DateTimeOffset At, string Actor, PersonEventKind Kind, string PersonId, string? OtherId, PatientAlias? Number, string Reason);

/// <summary>Who does something to the index, and why.</summary>
public sealed record IndexAct(string Actor, DateTimeOffset At, string Reason);
