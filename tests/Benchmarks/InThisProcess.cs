using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace EHealthPlus.Tests.Benchmarks;

/// <summary>Runs in this process: a project of its own for each benchmark would not build under central package versions.</summary>
internal sealed class InThisProcess : ManualConfig
{
    public InThisProcess()
    {
        Add(DefaultConfig.Instance);
        // A dozen rounds to warm up: after three the runtime still compiled the translator anew beside what was measured.
        AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(12).WithIterationCount(12));
        AddDiagnoser(MemoryDiagnoser.Default);
    }
}
