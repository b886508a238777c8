namespace EHealthPlus.Transformers.Dicom.Reading;

/// <summary>What is to be done with a value.</summary>
public enum ValueUse
{
    /// <summary>It is counted over.</summary>
    Skip,

    /// <summary>It is collected, and given whole.</summary>
    Hold,

    /// <summary>It is given part by part as it comes.</summary>
    Stream,
}

/// <summary>Is told what <see cref="ElementReader"/> finds, in the order of the data set.</summary>
public interface IElementHandler
{
    /// <summary>An element that holds a value, or a fragment.</summary>
    /// <returns>Hold only for what the handler has room for: the reader collects as much as the element says.</returns>
    ValueUse Element(in ElementHeader header);

    /// <summary>A value that was held. The bytes are the reader's again after the call.</summary>
    void Value(in ElementHeader header, ReadOnlySpan<byte> value);

    /// <summary>Part of a value that is streamed.</summary>
    void Part(in ElementHeader header, ReadOnlySpan<byte> part)
    {
    }

    /// <summary>A value that is streamed or skipped has ended.</summary>
    void EndElement(in ElementHeader header)
    {
    }

    void BeginSequence(in ElementHeader header);

    void BeginItem(in ElementHeader header);

    /// <param name="delimited">It ended with a delimitation item.</param>
    void EndItem(bool delimited);

    void EndSequence(bool delimited);

    /// <summary>Encapsulated pixel data (PS3.5-2024 A.4): its fragments follow as elements, the offset table first.</summary>
    void BeginFragments(in ElementHeader header);

    void EndFragments();
}
