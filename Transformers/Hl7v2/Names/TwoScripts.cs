using System.Buffers;
using System.Globalization;
using System.Text;

namespace EHealthPlus.Transformers.Hl7v2.Names;

/// <summary>
/// A name that Hong Kong systems write twice in one component, romanised and in Chinese with a blank between: CHAN TAI MAN 陳大文, or the
/// other way round.
/// </summary>
public static class TwoScripts
{
    /// <param name="name">UTF-8.</param>
    /// <param name="romanised">The part in Latin letters, without the blank.</param>
    /// <param name="ideographic">The part in Chinese characters.</param>
    /// <returns>False where it is in one script, or the two are mixed.</returns>
    public static bool TryTellApart(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> romanised, out ReadOnlySpan<byte> ideographic)
    {
        romanised = ideographic = default;
        // A name in Latin letters alone is the common case, and is ASCII.
        if (Ascii.IsValid(name)) return false;
        var first = Script.None;
        var current = Script.None;
        var boundary = -1;
        for (var at = 0; at < name.Length;)
        {
            if (Rune.DecodeFromUtf8(name[at..], out var rune, out var length) != OperationStatus.Done) return false;
            var script = ScriptOf(rune);
            if (script != Script.None)
            {
                if (first == Script.None) first = script;
                if (current != Script.None && script != current)
                {
                    // Once only, and behind a blank.
                    if (boundary >= 0 || name[at - 1] != (byte)' ') return false;
                    boundary = at;
                }

                current = script;
            }

            at += length;
        }

        if (boundary < 0) return false;
        var before = name[..boundary].Trim((byte)' ');
        var after = name[boundary..].Trim((byte)' ');
        romanised = first == Script.Latin ? before : after;
        ideographic = first == Script.Latin ? after : before;
        return true;
    }

    /// <summary>True where the first letter is a Chinese character.</summary>
    public static bool IsIdeographic(ReadOnlySpan<byte> name)
    {
        while (Rune.DecodeFromUtf8(name, out var rune, out var length) == OperationStatus.Done)
        {
            if (ScriptOf(rune) is var script and not Script.None) return script == Script.Han;
            name = name[length..];
        }

        return false;
    }

    private static Script ScriptOf(Rune rune) => rune.Value switch
    {
        >= 0x2E80 when Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherLetter => Script.Han,
        < 0x250 when Rune.IsLetter(rune) => Script.Latin,
        _ => Script.None,
    };

    private enum Script
    {
        None,
        Latin,
        Han,
    }
}
