using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Routing.Contracts.Imaging;

/// <summary>Writes an order as a worklist item. Pure.</summary>
public interface IScheduledStepWriter
{
    /// <summary>References of the order whose names the item tells: Practitioner/ID, PractitionerRole/ID.</summary>
    IReadOnlyList<ResourceKey> PersonsOf(StoredResource order);

    /// <param name="persons">What of <see cref="PersonsOf"/> the record holds.</param>
    /// <param name="offset">Of the station's clock: dates and times stand in it.</param>
    /// <returns>DICOM JSON object, UTF-8, of all attributes that are known (PS3.4-2024 table K.6-1); one item in (0040,0100).</returns>
    ReadOnlyMemory<byte> Write(OpenOrder order, IReadOnlyDictionary<ResourceKey, StoredResource> persons, TimeSpan offset);
}
