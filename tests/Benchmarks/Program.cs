using BenchmarkDotNet.Running;
using EHealthPlus.Tests.Benchmarks;

BenchmarkSwitcher.FromAssembly(typeof(ReadingBenchmark).Assembly).Run(args, new InThisProcess());
