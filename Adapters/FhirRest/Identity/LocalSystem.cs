using System.Text;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Registry;

namespace EHealthPlus.Adapters.FhirRest.Identity;

/// <summary>Identifier systems of local numbers: urn:ehealthplus:local:SOURCE:AUTHORITY, with percent signs for what a URN may not hold.</summary>
internal static class LocalSystem
{
    private const string Prefix = "urn:ehealthplus:local:";

    public static string Of(PatientAlias alias) => $"{Prefix}{Encode(alias.SourceId)}:{Encode(alias.AssigningAuthority)}";

    /// <returns>Null for a system of another kind.</returns>
    public static (string Source, string Authority)? Read(string system)
    {
        if (!system.StartsWith(Prefix, StringComparison.Ordinal) || system[Prefix.Length..].Split(':') is not [var source, var authority]) return null;
        return (Uri.UnescapeDataString(source), Uri.UnescapeDataString(authority));
    }

    public static bool IsKnown(string system, IRegistry registry) =>
        system == FhirSystems.HongKongIdentityCard || (Read(system) is { } local && registry.GetSource(local.Source) is not null);

    private static string Encode(string text)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(text.Trim(' ')))
        {
            if (char.IsAsciiLetterOrDigit((char)octet) || (char)octet is '-' or '.' or '_') encoded.Append((char)octet);
            else encoded.Append('%').Append(octet.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return encoded.ToString();
    }
}
