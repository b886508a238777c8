using System.Runtime.InteropServices;

namespace EHealthPlus.Transformers.Hl7v2.Er7;

/// <summary>
/// Where one populated subcomponent stands. MSH-1 and MSH-2 are one leaf each. Numbers from 1 as in the standard, the segment index from 0,
/// the offset in <see cref="Er7Message.Content"/>.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Leaf(int Segment, int Field, int Repetition, int Component, int Subcomponent, int Offset, int Length);
