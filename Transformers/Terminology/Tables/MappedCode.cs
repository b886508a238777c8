using System.Text;

namespace EHealthPlus.Transformers.Terminology.Tables;

/// <summary>What one code of an HL7 v2 table becomes in FHIR. Texts are UTF-8; <see cref="Display"/> may hold quotation marks.</summary>
public sealed class MappedCode
{
    private readonly byte[] code;
    private readonly byte[] display;
    private readonly byte[] system;

    internal MappedCode(byte[] code, byte[] display, byte[] system)
    {
        this.code = code;
        this.display = display;
        this.system = system;
    }

    public ReadOnlySpan<byte> Code => code;

    /// <summary>Empty where the official map gives none.</summary>
    public ReadOnlySpan<byte> Display => display;

    /// <summary>Canonical URI of the code system.</summary>
    public ReadOnlySpan<byte> System => system;

    /// <summary>The code as text, for a search index or a switch.</summary>
    public string CodeText => field ??= Encoding.UTF8.GetString(code);

    public string DisplayText => field ??= Encoding.UTF8.GetString(display);

    public string SystemText => field ??= Encoding.UTF8.GetString(system);

    /// <summary>system|code, as token searches and the resource index write it.</summary>
    public string Token => field ??= $"{SystemText}|{CodeText}";

    public override string ToString() => Token;
}
