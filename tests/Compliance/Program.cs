using EHealthPlus.Tests.Compliance.Sqlite;
using Xunit.Runner.InProc.SystemConsole;

// The kill tests start this program a second time as the one to be killed.
return args switch
{
    [KilledWriter.Argument, var folder] => await KilledWriter.RunAsync(folder),
    [KilledRotation.Argument, var folder] => await KilledRotation.RunAsync(folder),
    [KilledKeeper.Argument, var folder] => await KilledKeeper.RunAsync(folder),
    _ => await ConsoleRunner.Run(args),
};
