namespace EHealthPlus.Monitoring.Telemetry.Metrics;

/// <summary>Label values of one series, in the order of the instrument's label names. Instruments of the hub have at most three labels.</summary>
internal readonly record struct SeriesKey(string? First, string? Second = null, string? Third = null)
{
    public string? this[int index] => index switch { 0 => First, 1 => Second, 2 => Third, _ => null };
}
