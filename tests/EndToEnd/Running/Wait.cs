using System.Diagnostics;

namespace EHealthPlus.Tests.EndToEnd.Running;

/// <summary>Waits for something that becomes true, up to a limit.</summary>
internal static class Wait
{
    public static async Task UntilAsync(Func<Task<bool>> condition, TimeSpan limit, Func<string> complaint)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < limit, complaint());
            await Task.Delay(50);
        }
    }
}
