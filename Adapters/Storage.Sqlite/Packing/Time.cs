namespace EHealthPlus.Adapters.Storage.Sqlite.Packing;

/// <summary>Times as the store keeps them: whole milliseconds since 1970-01-01 UTC.</summary>
internal static class Time
{
    public static long Of(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    public static long? Of(DateTimeOffset? time) => time?.ToUnixTimeMilliseconds();

    public static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    public static DateTimeOffset? At(long? milliseconds) => milliseconds is { } value ? At(value) : null;
}
