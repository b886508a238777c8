using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Registry;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Adapters.Dimse.Provider;

/// <summary>What the hub's associations work with: the ports, and what all of them share.</summary>
internal sealed record ProvidedServices(
    IInstanceIntake Intake, IImagingRecord Record, IInstanceStore Store, IIdentifierCodec Identifiers, IDataSetWriter DataSets, IStudyGathering Gathering, IWorklist Worklist,
    IPerformedSteps Steps, IDicomPeers Peers,
    IRegistry Registry, PeerCheck Check, AssociationCount Count, DimseOptions Options, TimeProvider Time, ILogger<ProvidedServices> Logger);
