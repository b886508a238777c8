var builder = WebApplication.CreateSlimBuilder(args);
var hub = builder.Build();
await hub.RunAsync();
