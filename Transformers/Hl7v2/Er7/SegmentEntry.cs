namespace EHealthPlus.Transformers.Hl7v2.Er7;

/// <summary>Where one segment stands in the content, without its terminator.</summary>
/// <param name="Name">The segment id, packed by <see cref="SegmentName"/>.</param>
internal readonly record struct SegmentEntry(int Offset, int Length, uint Name);
