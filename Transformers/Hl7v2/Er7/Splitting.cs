namespace EHealthPlus.Transformers.Hl7v2.Er7;

/// <summary>Finds one part of a delimited text.</summary>
internal static class Splitting
{
    /// <param name="number">From 1.</param>
    /// <returns>False where the text has fewer parts.</returns>
    public static bool Find(ReadOnlySpan<byte> text, byte delimiter, int number, out int start, out int length)
    {
        start = 0;
        length = 0;
        if (number < 1) return false;
        for (int skipped = 1; skipped < number; skipped++)
        {
            int at = text[start..].IndexOf(delimiter);
            if (at < 0) return false;
            start += at + 1;
        }
        int end = text[start..].IndexOf(delimiter);
        length = end < 0 ? text.Length - start : end;
        return true;
    }
}
