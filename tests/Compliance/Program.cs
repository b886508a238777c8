using EHealthPlus.Tests.Compliance.Sqlite;
using Xunit.Runner.InProc.SystemConsole;

// The kill test starts this program a second time as the one to be killed.
return args is [KilledWriter.Argument, var folder] ? await KilledWriter.RunAsync(folder) : await ConsoleRunner.Run(args);
