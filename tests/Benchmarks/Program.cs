using System.Globalization;
using BenchmarkDotNet.Running;
using EHealthPlus.Tests.Benchmarks;
using EHealthPlus.Tests.Benchmarks.Index;

if (args is ["index", var folder, .. var sizes])
{
    await IndexMeasurement.RunAsync(folder, Size(0, 1_000_000), Size(1, 1_000_000));
    return;

    int Size(int at, int usual) => sizes.Length > at ? int.Parse(sizes[at], CultureInfo.InvariantCulture) : usual;
}

BenchmarkSwitcher.FromAssembly(typeof(ReadingBenchmark).Assembly).Run(args, new InThisProcess());
