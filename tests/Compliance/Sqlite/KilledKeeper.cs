using System.Globalization;

namespace EHealthPlus.Tests.Compliance.Sqlite;

/// <summary>A program that keeps images under load until it is killed, and says on its output which were acknowledged to it.</summary>
internal static class KilledKeeper
{
    public const string Argument = "--keep-until-killed";

    private const int Callers = 6;

    /// <summary>The instance that has this UID: small ones, and ones that become files.</summary>
    public static SyntheticInstance Instance(string uid)
    {
        var number = int.Parse(uid[(uid.LastIndexOf('.') + 1)..], CultureInfo.InvariantCulture);
        var study = uid[..uid.LastIndexOf('.')];
        return new(uid) { StudyInstanceUid = study, SeriesInstanceUid = $"{study}.0", InstanceNumber = number, Length = number % 2 == 0 ? 3_000 : 150_000 + number };
    }

    public static async Task<int> RunAsync(string folder)
    {
        using var store = SqliteUnderTest.In(folder);
        await store.OpenAsync(default);
        var run = TimeProvider.System.GetUtcNow().Ticks;
        var output = Console.Out;
        await Task.WhenAll(Enumerable.Range(1, Callers).Select(caller => Task.Run(async () =>
        {
            for (var number = 1; ; number++)
            {
                var uid = string.Create(CultureInfo.InvariantCulture, $"2.25.{run}.{caller}.{number}");
                if (!(await Instance(uid).KeepAsync(store.Instances)).Accepted) return;
                lock (output)
                {
                    output.WriteLine(uid);
                    output.Flush();
                }
            }
        })));
        return 0;
    }
}
