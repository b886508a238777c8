using EHealthPlus.Tests.Security.Attacking;

// One hub for all: what one class does to it, the next must find mended by itself.
[assembly: AssemblyFixture(typeof(AttackedHub))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]
