using EHealthPlus.Adapters.Dimse.User;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Tls;
using Microsoft.Extensions.Logging;

namespace EHealthPlus.Adapters.Dimse.Provider;

/// <summary>What the hub's associations work with: the ports, and what all of them share.</summary>
internal sealed record ProvidedServices(
    IInstanceIntake Intake, IImagingRecord Record, IInstanceStore Store, IIdentifierCodec Identifiers, IDataSetWriter DataSets, IStudyGathering Gathering, IWorklist Worklist,
    IPerformedSteps Steps, IDicomPeers Peers,
    IRegistry Registry, ISourceTls Tls, PeerCheck Check, AssociationCount Count, DimseOptions Options, TimeProvider Time, ILogger<ProvidedServices> Logger)
{
    /// <summary>How the hub opens an association to an application entity of that source.</summary>
    public DicomUserOptions CallTo(string aeTitle, string host, int port, Source source) => new()
    {
        Host = host, Port = port, CallingAeTitle = Options.AeTitle, CalledAeTitle = aeTitle, Tls = Tls.ForCallTo(source), Limits = Options.Limits,
    };
}
