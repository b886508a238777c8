using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Routing.Contracts.Imaging;

/// <summary>How far an examination is. Stored as numbers: only appended.</summary>
public enum StepState
{
    Scheduled = 1,
    InProgress = 2,
    Completed = 3,
    Discontinued = 4,
}

/// <summary>An order for images that is to be carried out, or one step of it.</summary>
/// <param name="Order">The ServiceRequest.</param>
/// <param name="Patient">The Patient as the order's source knows him; null where it said of none.</param>
/// <param name="StepId">Which of the order's steps (<see cref="ScheduledExamination.StepId"/>); null where it has none of a number.</param>
/// <param name="StudyInstanceUid">The order's, or the one that was made for it.</param>
/// <param name="Start">When it is to be made; where the order does not say, when it came.</param>
public sealed record OpenOrder(StoredResource Order, StoredResource? Patient, string? StepId, string StudyInstanceUid, StepState State, DateTimeOffset Start);

/// <summary>
/// Orders for images, as the store notes them within the commit of each (<see cref="ResourceIndex.Examinations"/>). A Study Instance UID that the order
/// does not give is made of the order's id: the same each time.
/// </summary>
public interface IWorklistStore
{
    /// <summary>Steps of these sources' active orders that are neither completed nor discontinued, and start in that time; earliest first.</summary>
    Task<IReadOnlyList<OpenOrder>> OpenAsync(IReadOnlyList<string> sourceIds, DateTimeOffset from, DateTimeOffset until, int most, CancellationToken cancellationToken);
}
