using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.DicomToFhir.Ledger;
using EHealthPlus.Transformers.DicomToFhir.Reading;
using EHealthPlus.Transformers.DicomToFhir.Resources;
using EHealthPlus.Transformers.Fhir.Building;

namespace EHealthPlus.Transformers.DicomToFhir;

/// <summary>One manifest on its way into a canonical message: the resources so far, and what is to be said of its values.</summary>
internal sealed class StudyMapping(Manifest manifest, TranslationContext context)
{
    private readonly Dictionary<int, string> notes = [];

    public Manifest Manifest => manifest;

    public TranslationContext Context => context;

    public FhirArena Arena { get; } = new();

    public string ControlId { get; } = Routing.Contracts.Imaging.StudyManifest.ControlIdOf(manifest.StudyInstanceUid, manifest.Revision);

    /// <summary>The citizen; null outside a hub.</summary>
    public string? SubjectId { get; } = context.Subjects is [var subject, ..] ? subject.Id : null;

    public FhirText Text(string text) => Arena.Write(text.AsSpan());

    /// <summary>A URI for what only the source knows: urn:ehealthplus:local:SOURCE:NAME, as HL7 v2 maps make it.</summary>
    public FhirText LocalUri(string name) => Text($"urn:ehealthplus:local:{Escaped(context.Source.Id)}:{Escaped(name.Trim(' '))}");

    public void Note(AttributeValue? value, string note)
    {
        if (value is { Leaf: >= 0 } leaf) notes.TryAdd(leaf.Leaf, note);
    }

    public string? NoteOf(int leaf) => notes.GetValueOrDefault(leaf);

    /// <summary>Sets a string from a value, where there is one.</summary>
    public void Set(FhirNode node, string name, AttributeValue? value)
    {
        if (value is { Leaf: >= 0 } text) node.Set(name, Text(text.Text), text.Leaf);
    }

    /// <summary>Sets a number that must not be negative (IS): FHIR unsignedInt.</summary>
    public void SetNumber(FhirNode node, string name, AttributeValue? value)
    {
        if (value is not { Leaf: >= 0 } number) return;
        if (int.TryParse(number.Text.Trim(), System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var read) && read >= 0)
            node.SetRaw(name, Text(read.ToString(System.Globalization.CultureInfo.InvariantCulture)), number.Leaf);
        else Note(number, ManifestNote.NotANumber);
    }

    /// <summary>Sets a dateTime from a date and a time; an offset of the instances goes before that of the source.</summary>
    public void SetTime(FhirNode node, string name, AttributeValue? date, AttributeValue? time, AttributeValue? offset)
    {
        if (date is null) return;
        var own = offset is null ? null : DicomTime.Offset(offset.Text);
        var read = DicomTime.Of(date.Text, time?.Text ?? "", own ?? context.Source.UtcOffset);
        if (read.Text is null)
        {
            Note(date, ManifestNote.NotADate);
            return;
        }

        node.Set(name, Text(read.Text), date.Leaf);
        if (time is null) return;
        if (!read.HasTime)
        {
            Note(time, own is null && context.Source.UtcOffset is null ? ManifestNote.WithoutZone : ManifestNote.NotADate);
            return;
        }

        node.AlsoFrom(name, time.Leaf);
        if (own is not null) node.AlsoFrom(name, offset!.Leaf);
        else Note(time, ManifestNote.ZoneOfSource);
        if (read.SecondsFilled) Note(time, ManifestNote.SecondsFilled);
    }

    /// <summary>Sets an instant from a DT (PS3.5-2024 6.2) where it has all of an instant, else a dateTime as far as it goes where the element is one.</summary>
    /// <returns>False where nothing was set.</returns>
    public bool SetDateTime(FhirNode node, string name, AttributeValue? stated, AttributeValue? offset, bool instant)
    {
        if (stated is null) return false;
        var text = stated.Text.Trim();
        var sign = text.IndexOfAny(['+', '-']);
        var own = sign > 0 ? DicomTime.Offset(text[sign..]) : offset is null ? null : DicomTime.Offset(offset.Text);
        var digits = sign > 0 ? text[..sign] : text;
        var read = DicomTime.Of(digits.Length >= 8 ? digits[..8] : digits, digits.Length > 8 ? digits[8..] : "", own ?? context.Source.UtcOffset);
        if (read.Text is null || (instant && !read.HasTime))
        {
            Note(stated, read.Text is null ? ManifestNote.NotADate : ManifestNote.NoInstant);
            return false;
        }

        node.Set(name, Text(read.Text), stated.Leaf);
        if (sign <= 0 && read.HasTime && own is null) Note(stated, ManifestNote.ZoneOfSource);
        else if (!read.HasTime && digits.Length > 8) Note(stated, ManifestNote.WithoutZone);
        if (sign <= 0 && read.HasTime && own is not null) node.AlsoFrom(name, offset!.Leaf);
        return true;
    }

    /// <summary>Sets an instant from a date and a time, where both are there and their zone is known.</summary>
    public bool SetInstant(FhirNode node, string name, AttributeValue? date, AttributeValue? time, AttributeValue? offset)
    {
        if (date is null || time is null) return false;
        var own = offset is null ? null : DicomTime.Offset(offset.Text);
        if (!DicomTime.Of(date.Text, time.Text, own ?? context.Source.UtcOffset).HasTime)
        {
            Note(time, ManifestNote.NoInstant);
            return false;
        }

        SetTime(node, name, date, time, offset);
        return true;
    }

    private static string Escaped(string text) => Uri.EscapeDataString(text).Replace("~", "%7E", StringComparison.Ordinal);
}
