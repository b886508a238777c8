using System.Text;
using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Audit;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Deposits;
using EHealthPlus.Routing.Contracts.Flow;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Terminology;
using EHealthPlus.Routing.Imaging;
using EHealthPlus.Routing.PersonIndex;
using EHealthPlus.Routing.Pipeline;
using EHealthPlus.Routing.Pipeline.Scheduling;
using EHealthPlus.Routing.Policy;
using EHealthPlus.Routing.Sagas;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Tests.Routing.Fakes;

/// <summary>All rooms of Routing wired as in the hub, on fakes of everything else. Stopping it without a word is a crash: the store stays.</summary>
internal sealed class TestHub : IAsyncDisposable
{
    public static readonly Enrolment Citizen = new("A1234563", "SYNTHETIC", "ALPHA", "", AdministrativeSex.Female, new(1980, 2, 29));

    private readonly ServiceProvider services;
    private bool stopped;

    private TestHub(ServiceProvider services) => this.services = services;

    public IMessageIntake Intake => services.GetRequiredService<IMessageIntake>();

    public IQuarantine Quarantine => services.GetRequiredService<IQuarantine>();

    public IPersonIndex Index => services.GetRequiredService<IPersonIndex>();

    public IStudyGathering Gathering => services.GetRequiredService<IStudyGathering>();

    public IConsentStore Consents => services.GetRequiredService<IConsentStore>();

    public IDepositFlow Flow => services.GetRequiredService<IDepositFlow>();

    public IDepositDispatch Dispatch => services.GetRequiredService<IDepositDispatch>();

    /// <summary>True while the flow waits for the next try of a deposit: its timer is set.</summary>
    public bool IsPostponed(long id) => ((DepositScheduler)Flow).Find(new(id))?.Stage == Stage.Postponed;

    public static async Task<TestHub> StartAsync(
        MemoryStore store, PlainTranslator? translator = null, TimeProvider? time = null, PipelineOptions? pipeline = null, SagaOptions? sagas = null,
        MemoryRegistry? registry = null, Plug? plug = null, IConsentStore? consents = null,
        MemoryUnmappedCodes? unmapped = null, MemoryCertificates? certificates = null, MemoryStudies? studies = null,
        IAccessPolicy? policy = null)
    {
        var messages = new PlainMessages();
        translator ??= new();
        var forms = new MessagesAndStudies(messages, translator);
        var collection = new ServiceCollection()
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.None))
            .AddSingleton(time ?? new ManualTime())
            .AddSingleton<IMessageReader>(forms)
            .AddSingleton<IAcknowledgementWriter>(messages)
            .AddSingleton<IMessageTranslator>(forms)
            .AddSingleton<IResourceMerge>(translator)
            .AddSingleton<IRegistry>(registry ?? new())
            .AddSingleton<ICertificateCheck>(certificates ?? new())
            .AddSingleton<IDepositJournal>(store)
            .AddSingleton<IDepositStore>(store)
            .AddSingleton<IRecordReader>(store)
            .AddSingleton<IPersonStore>(store)
            .AddSingleton<IIdentityReviews>(new MemoryReviews(store))
            .AddSingleton<IPersonLinks>(new MemoryLinks(store))
            .AddSingleton<IConsentStore>(store)
            .AddSingleton<IAuditTrail>(store)
            .AddSingleton<IStudyStore>(studies ?? new(store))
            .AddSingleton<IUnmappedCodes>(unmapped ?? new())
            .AddPersonIndex()
            .AddAccessPolicy()
            .AddDepositSagas(sagas ?? new())
            .AddPipeline(pipeline ?? new());
        if (studies is not null)
            collection.AddStudies(new()).AddSingleton<IInstanceStore>(studies.Documents).AddSingleton<IDataSetWriter>(studies.Documents).AddSingleton<IDicomPeers>(studies.Documents);
        if (policy is not null) collection.AddSingleton(policy);
        if (consents is not null) collection.AddSingleton(consents);
        if (plug is not null) collection.AddSingleton<IDepositJournal>(plug).AddSingleton<IDepositStore>(plug);
        var hub = new TestHub(collection.BuildServiceProvider());
        foreach (var hosted in hub.services.GetServices<IHostedService>()) await hosted.StartAsync(CancellationToken.None);
        return hub;
    }

    /// <summary>A store in which the citizen of <see cref="PlainMessages.Message"/> has an account.</summary>
    public static async Task<MemoryStore> StoreWithCitizenAsync(ManualTime? time = null)
    {
        var store = new MemoryStore();
        var index = MemoryIndex.On(store, time ?? new ManualTime()).Index;
        Assert.True((await index.EnrolAsync(Citizen, "test", Role.Registrar, false, CancellationToken.None)).Accepted);
        store.Audit.Clear();
        return store;
    }

    public ValueTask<IntakeAnswer> SendAsync(byte[] message, string? certificate = null) =>
        Intake.ReceiveAsync(message, new("127.0.0.1:1", certificate), CancellationToken.None);

    /// <summary>MSA-1 of the application answer, or null where none is due.</summary>
    public async Task<string?> ApplicationCodeAsync(byte[] message)
    {
        var answer = await (await SendAsync(message)).Application;
        return answer is { } bytes ? Code(bytes) : null;
    }

    public static string Text(ReadOnlyMemory<byte>? answer) => answer is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : "";

    public static string? Code(ReadOnlyMemory<byte>? answer) =>
        answer is { } bytes ? Encoding.UTF8.GetString(bytes.Span).Split('\r').First(line => line.StartsWith("MSA", StringComparison.Ordinal)).Split('|')[1] : null;

    /// <summary>Looks again until it is so: for what happens on other threads, with a limit of 20 s.</summary>
    public static async Task UntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 2_000; i++)
        {
            if (condition()) return;
            await Task.Delay(10);
        }

        Assert.Fail("It did not become so in 20 s.");
    }

    /// <summary>The first thing that a host does when it stops.</summary>
    public async Task StoppingAsync()
    {
        foreach (var hosted in services.GetServices<IHostedService>().OfType<IHostedLifecycleService>()) await hosted.StoppingAsync(CancellationToken.None);
    }

    /// <summary>Stops as a host does.</summary>
    /// <param name="limit">Cancelled when what is under way has had its time.</param>
    public async Task StopAsync(CancellationToken limit)
    {
        stopped = true;
        await StoppingAsync();
        foreach (var hosted in services.GetServices<IHostedService>().Reverse()) await hosted.StopAsync(limit);
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        if (!stopped) await StopAsync(limit.Token);
        await services.DisposeAsync();
    }
}
