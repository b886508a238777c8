using System.Globalization;

namespace EHealthPlus.Endpoints.Hub.Settings;

/// <summary>Reads the section "Hub", and stops at what nobody can have meant: a mistyped name of a TLS setting would leave a port open.</summary>
internal static class SettingsReading
{
    /// <exception cref="FormatException">A name that is no setting, or a value that its setting cannot hold.</exception>
    public static HubSettings Read(IConfigurationSection section)
    {
        RefuseStrangers(section, typeof(HubSettings));
        try
        {
            return Checked(section.Get<HubSettings>() ?? new());
        }
        catch (InvalidOperationException fault) when (fault.InnerException is not null)
        {
            // The binder names path and type; what is inside repeats the value only.
            throw new FormatException($"{fault.Message} (Hub:Name is the environment variable Hub__Name)", fault);
        }
    }

    private static void RefuseStrangers(IConfigurationSection section, Type settings)
    {
        foreach (var given in section.GetChildren())
        {
            var known = settings.GetProperties().FirstOrDefault(property => property.CanWrite && string.Equals(property.Name, given.Key, StringComparison.OrdinalIgnoreCase))
                ?? throw new FormatException($"{given.Path.Replace(":", "__", StringComparison.Ordinal)} is no setting of the hub: the README lists them");
            if (known.PropertyType == typeof(TlsSettings)) RefuseStrangers(given, typeof(TlsSettings));
        }
    }

    private static HubSettings Checked(HubSettings settings)
    {
        Positive(settings.StudyQuietSeconds, nameof(settings.StudyQuietSeconds));
        Positive(settings.StudyTakeUpSeconds, nameof(settings.StudyTakeUpSeconds));
        Positive(settings.GuessesPerMinute ?? 1, nameof(settings.GuessesPerMinute));
        Positive(settings.RequestsPerSecond ?? 1, nameof(settings.RequestsPerSecond));
        // PS3.5 table 6.2-1, AE.
        if (settings.DicomAeTitle.Length is 0 or > 16) throw new FormatException($"Hub__DicomAeTitle is '{settings.DicomAeTitle}': write 1 to 16 characters");
        Whole(settings.MllpTls, nameof(settings.MllpTls));
        Whole(settings.DicomTls, nameof(settings.DicomTls));
        Whole(settings.HttpTls, nameof(settings.HttpTls));
        if (!string.IsNullOrEmpty(settings.HttpTls.ClientAuthorities)) throw new FormatException("Hub__HttpTls__ClientAuthorities is no setting of the hub: the README lists them");
        return settings;
    }

    // Who names a key or authorities means TLS: the port must not be plain because the other half was forgotten.
    private static void Whole(TlsSettings tls, string name)
    {
        var (certificate, enabled) = ($"Hub__{name}__{nameof(tls.Certificate)}", $"Hub__{name}__{nameof(tls.Enabled)}=true");
        foreach (var (value, said) in new[] { (tls.Key, nameof(tls.Key)), (tls.Password, nameof(tls.Password)) })
        {
            if (!string.IsNullOrEmpty(value) && string.IsNullOrEmpty(tls.Certificate)) throw new FormatException($"Hub__{name}__{said} is set, but {certificate}, which it belongs to, is missing: set it, or take this one away");
        }

        if (!string.IsNullOrEmpty(tls.ClientAuthorities) && !tls.On)
            throw new FormatException($"Hub__{name}__{nameof(tls.ClientAuthorities)} is set, but {certificate} or {enabled} is missing: the port would be plain. Set one, or take this one away");
    }

    private static void Positive(double value, string name)
    {
        if (value is not (> 0 and < int.MaxValue)) throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"Hub__{name} is {value}: write a number above 0"));
    }
}
