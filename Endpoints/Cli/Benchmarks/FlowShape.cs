namespace EHealthPlus.Endpoints.Cli.Benchmarks;

/// <summary>What a load of results looks like.</summary>
/// <param name="Connections">MLLP connections.</param>
/// <param name="Window">Messages that a connection sends ahead of their answers.</param>
/// <param name="Citizens">Over how many citizens the results are spread.</param>
/// <param name="Enhanced">CA at the commit and AA after; false for original mode.</param>
/// <param name="Rate">Messages a second over all connections; 0 sends as fast as answers come.</param>
internal sealed record FlowShape(int Connections, int Window, int Citizens, bool Enhanced, int Rate);
