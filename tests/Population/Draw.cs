namespace EHealthPlus.Tests.Population;

/// <summary>Random numbers that are the same for the same seed on each machine and runtime (SplitMix64).</summary>
public struct Draw(ulong state)
{
    private ulong state = state;

    public ulong Next()
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15;
            var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }

    /// <summary>From 0 up to, not including, the limit.</summary>
    public int Below(int limit) => (int)(Next() % (ulong)limit);
}
