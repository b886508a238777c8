using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Datatypes;

/// <summary>ST[string], TX[string], FT[markdown]: text as it was sent, escapes resolved, line breaks kept.</summary>
public static class Texts
{
    /// <summary>R4 2.24.0.1: a string is at most 1 MB.</summary>
    private const int MaxLength = 1024 * 1024;

    /// <returns>False where there was nothing to set.</returns>
    public static bool SetText(this FhirNode node, string name, Value value)
    {
        var leaf = value.Leaf;
        if (leaf < 0 || !Take(value, leaf, out var text)) return false;
        node.Set(name, text, leaf);
        return true;
    }

    /// <summary>Adds to a list of strings, such as given names.</summary>
    public static bool AppendText(this FhirNode node, string name, Value value)
    {
        var leaf = value.Leaf;
        if (leaf < 0 || !Take(value, leaf, out var text)) return false;
        node.Append(name, text, leaf);
        return true;
    }

    /// <summary>
    /// Sets one string from all leaves of several values; what stands between them is given. Each leaf counts as mapped to it.
    /// </summary>
    public static bool SetJoined(this FhirNode node, string name, ReadOnlySpan<byte> between, params ReadOnlySpan<Value> values)
    {
        Mapping? mapping = null;
        var length = 0;
        foreach (var value in values)
        {
            for (var leaf = value.From; leaf < value.Until; leaf++)
            {
                mapping = value.Mapping;
                if (mapping.Leaves.IsValued(leaf)) length += mapping.Leaves.Utf8(leaf).Length + between.Length;
            }
        }

        if (mapping is null || length == 0 || length > MaxLength) return false;
        var room = mapping.Arena.Reserve(length);
        var at = 0;
        foreach (var value in values)
        {
            for (var leaf = value.From; leaf < value.Until; leaf++)
            {
                if (!mapping.Leaves.IsValued(leaf)) continue;
                if (at > 0)
                {
                    between.CopyTo(room[at..]);
                    at += between.Length;
                }

                var text = mapping.Leaves.Utf8(leaf);
                text.CopyTo(room[at..]);
                at += text.Length;
            }
        }

        node.Set(name, mapping.Arena.Commit(at));
        foreach (var value in values)
        {
            for (var leaf = value.From; leaf < value.Until; leaf++)
            {
                if (mapping.Leaves.IsValued(leaf)) node.AlsoFrom(name, leaf);
            }
        }

        return true;
    }

    /// <summary>
    /// Sets one text from all repetitions of a field, each on a line of its own. Delimiters inside a repetition are kept as characters:
    /// in a text field they are a sender's unescaped ampersand or the like.
    /// </summary>
    public static bool SetLines(this FhirNode node, string name, FieldValue field)
    {
        var all = field.All;
        if (!all.HasValue) return false;
        var leaves = all.Mapping.Leaves;
        var length = 0;
        for (var leaf = all.From; leaf < all.Until; leaf++) length += leaves.Utf8(leaf).Length + (leaf + 1 < all.Until ? leaves.Between(leaf).Length : 0);
        if (length > MaxLength)
        {
            field.Note(CarryReason.TooLong);
            return false;
        }

        var room = all.Mapping.Arena.Reserve(length);
        var at = 0;
        for (var leaf = all.From; leaf < all.Until; leaf++)
        {
            var text = leaves.Utf8(leaf);
            text.CopyTo(room[at..]);
            at += text.Length;
            if (leaf + 1 == all.Until) continue;
            var between = leaves[leaf].Repetition == leaves[leaf + 1].Repetition ? leaves.Between(leaf) : "\n"u8;
            between.CopyTo(room[at..]);
            at += between.Length;
        }

        node.Set(name, all.Mapping.Arena.Commit(at));
        for (var leaf = all.From; leaf < all.Until; leaf++) node.AlsoFrom(name, leaf);
        return true;
    }

    /// <summary>Copies a leaf's text to the arena.</summary>
    /// <returns>False where it is blank, or longer than FHIR takes.</returns>
    internal static bool Take(Value value, int leaf, out FhirText text)
    {
        text = default;
        var utf8 = value.Mapping.Leaves.Utf8(leaf);
        if (utf8.Length > MaxLength)
        {
            value.Note(CarryReason.TooLong);
            return false;
        }

        if (utf8.IsEmpty || (utf8[0] <= (byte)' ' && utf8.IndexOfAnyExcept(" \r\n\t"u8) < 0)) return false;
        text = value.Mapping.Arena.Write(utf8);
        return true;
    }
}
