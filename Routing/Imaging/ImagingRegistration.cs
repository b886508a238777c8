using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Imaging.Desk;
using EHealthPlus.Routing.Imaging.Record;
using EHealthPlus.Routing.Imaging.Steps;
using EHealthPlus.Routing.Imaging.Studies;
using EHealthPlus.Routing.Imaging.Worklist;
using Microsoft.Extensions.DependencyInjection;

namespace EHealthPlus.Routing.Imaging;

public static class ImagingRegistration
{
    /// <summary>
    /// Registers <see cref="IImagingRecord"/> and <see cref="IStudyReports"/>. Needs <see cref="IInstanceStore"/>, <see cref="IStudyStore"/>, IRecordReader, IRecordAccess, IAuditTrail, TimeProvider and logging.
    /// </summary>
    public static IServiceCollection AddImagingRecord(this IServiceCollection services) => services
        .AddSingleton<ImagingGate>()
        .AddSingleton<IStudyReports, StudyReports>()
        .AddSingleton<IImagingRecord, ImagingRecord>();

    /// <summary>
    /// Registers <see cref="IWorklist"/>, <see cref="IPerformedSteps"/> and <see cref="IImagingDismissals"/>. Needs <see cref="IWorklistStore"/>, <see cref="IPerformedStepStore"/>, <see cref="IImagingDesk"/>,
    /// <see cref="IScheduledStepWriter"/>, IRecordReader, IPersonStore, IConsentStore, IAccessPolicy, IRegistry, IAuditTrail, TimeProvider and logging.
    /// </summary>
    public static IServiceCollection AddWorklist(this IServiceCollection services) => services
        .AddSingleton<WorklistGate>()
        .AddSingleton<IWorklist, ModalityWorklist>()
        .AddSingleton<IPerformedSteps, PerformedSteps>()
        .AddSingleton<IImagingDismissals, ImagingDismissals>();

    /// <summary>
    /// Registers <see cref="IStudyGathering"/>, which announces studies, and what takes waiting ones up again. Needs <see cref="IStudyStore"/>, <see cref="IInstanceStore"/>, <see cref="IDataSetWriter"/>, <see cref="IDicomPeers"/>, the
    /// journal, the flow, IQuarantine, IMessageReader, IMessageTranslator, IPersonIndex, IConsentStore, IAccessPolicy, IRegistry, TimeProvider and logging. Register it
    /// after the sagas: it starts when the flow is open.
    /// </summary>
    public static IServiceCollection AddStudies(this IServiceCollection services, StudyOptions options) => services
        .AddSingleton(options)
        .AddSingleton<DocumentReading>()
        .AddSingleton<StudyGathering>()
        .AddSingleton<IStudyGathering>(rooms => rooms.GetRequiredService<StudyGathering>())
        .AddHostedService(rooms => rooms.GetRequiredService<StudyGathering>())
        .AddHostedService<StudyTakeUp>();
}
