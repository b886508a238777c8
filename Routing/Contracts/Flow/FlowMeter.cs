using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace EHealthPlus.Routing.Contracts.Flow;

/// <summary>The hub's instruments. Names are part of the interface to operators; tags never hold patient data.</summary>
public static class FlowMeter
{
    public const string Name = "EHealthPlus.Hub";

    private static readonly Meter Meter = new(Name);

    /// <summary>Messages journaled. Tags: source, type.</summary>
    public static readonly Counter<long> Received = Meter.CreateCounter<long>("ehealthplus_deposits_received_total", description: "Messages journaled");

    /// <summary>Deposits in the record. Tag: source.</summary>
    public static readonly Counter<long> Delivered = Meter.CreateCounter<long>("ehealthplus_deposits_delivered_total", description: "Deposits that are in the record");

    /// <summary>Refusals. Tags: source, code.</summary>
    public static readonly Counter<long> Refused = Meter.CreateCounter<long>("ehealthplus_deposits_refused_total", description: "Deposits refused, by code");

    /// <summary>Repeats answered from the journal. Tag: source.</summary>
    public static readonly Counter<long> Repeated = Meter.CreateCounter<long>("ehealthplus_deposits_repeated_total", description: "Repeats answered with the first answer");

    /// <summary>Deposits put into quarantine. Tag: source.</summary>
    public static readonly Counter<long> Quarantined = Meter.CreateCounter<long>("ehealthplus_deposits_quarantined_total", description: "Deposits put into quarantine");

    /// <summary>Tries that failed and will be made again. Tag: source.</summary>
    public static readonly Counter<long> Retried = Meter.CreateCounter<long>("ehealthplus_deposits_retried_total", description: "Attempts that failed and are made again");

    /// <summary>Deposits waiting or in work. Tag: source.</summary>
    public static readonly UpDownCounter<long> Backlog = Meter.CreateUpDownCounter<long>("ehealthplus_backlog", description: "Deposits waiting or in work");

    /// <summary>Seconds from the last byte received to the commit of the journal. Tag: source.</summary>
    public static readonly Histogram<double> CommitSeconds = Meter.CreateHistogram<double>("ehealthplus_commit_seconds", "s", "Last byte received to journal commit");

    /// <summary>Seconds from the journal to delivered or refused. Tag: source.</summary>
    public static readonly Histogram<double> DeliverySeconds = Meter.CreateHistogram<double>("ehealthplus_delivery_seconds", "s", "Journal commit to delivered or refused");

    /// <summary>Seconds of one step. Tag: step (identify, admit, translate, reconcile, store).</summary>
    public static readonly Histogram<double> StepSeconds = Meter.CreateHistogram<double>("ehealthplus_step_seconds", "s", "Time of one step of the pipeline");

    /// <summary>Open MLLP connections.</summary>
    public static readonly UpDownCounter<long> MllpConnections = Meter.CreateUpDownCounter<long>("ehealthplus_mllp_connections", description: "Open MLLP connections");

    /// <summary>MLLP connections closed at once because too many were open.</summary>
    public static readonly Counter<long> MllpConnectionsRefused = Meter.CreateCounter<long>("ehealthplus_mllp_connections_refused_total", description: "MLLP connections closed because too many were open");

    /// <summary>Open DICOM associations.</summary>
    public static readonly UpDownCounter<long> DicomAssociations = Meter.CreateUpDownCounter<long>("ehealthplus_dicom_associations", description: "Open DICOM associations");

    /// <summary>Record reads. Tags: interaction, granted.</summary>
    public static readonly Counter<long> Reads = Meter.CreateCounter<long>("ehealthplus_record_reads_total", description: "Reads of the record, granted or not");

    /// <summary>Seconds from the question to the decision with its audit entry on disk: what consent, policy and audit add to a read. Tag: granted.</summary>
    public static readonly Histogram<double> ReadDecisionSeconds = Meter.CreateHistogram<double>("ehealthplus_read_decision_seconds", "s", "Consent, policy and audit commit of a read");

    /// <summary>Files of batches that are finished. Tags: source, outcome (done, refused).</summary>
    public static readonly Counter<long> Uploads = Meter.CreateCounter<long>("ehealthplus_uploads_total", description: "Uploaded files that are finished");

    /// <summary>Messages out of files that are answered. Tags: source, outcome (accepted, refused, unanswered).</summary>
    public static readonly Counter<long> UploadedMessages = Meter.CreateCounter<long>("ehealthplus_upload_messages_total", description: "Messages out of uploaded files that are answered");

    /// <summary>Files that are being worked on. Tag: source.</summary>
    public static readonly UpDownCounter<long> UploadsOpen = Meter.CreateUpDownCounter<long>("ehealthplus_uploads_open", description: "Uploaded files in work");

    /// <summary>Faults that hold a file up and are tried again. Tags: source, fault (room, permission, file, store).</summary>
    public static readonly Counter<long> UploadFaults = Meter.CreateCounter<long>("ehealthplus_upload_faults_total", description: "Faults that hold up an uploaded file");

    /// <summary>Seconds from the begin of an access to the notice to the citizen. Tag: channel.</summary>
    public static readonly Histogram<double> NoticeSeconds = Meter.CreateHistogram<double>("ehealthplus_notice_seconds", "s", "Access to the notice to the citizen");

    /// <summary>Tries to send a notice. Tags: channel, outcome (sent, failed, refused).</summary>
    public static readonly Counter<long> Notices = Meter.CreateCounter<long>("ehealthplus_notice_attempts_total", description: "Tries to send a notice to a citizen");

    /// <summary>Rows of deposits, reviews and images that a rotation of keys, or the first encryption, has passed over.</summary>
    public static readonly Counter<long> Resealed = Meter.CreateCounter<long>("ehealthplus_store_resealed_total", description: "Rows that encrypting anew has passed over");

    /// <summary>Rows that are still to be passed over.</summary>
    public static readonly UpDownCounter<long> ResealingLeft = Meter.CreateUpDownCounter<long>("ehealthplus_store_resealing_left", description: "Rows that encrypting anew has still to pass over");

    /// <summary>Pieces of stored content that could not be opened, each counted once.</summary>
    public static readonly Counter<long> DamagedContent = Meter.CreateCounter<long>("ehealthplus_store_damaged_content_total", description: "Pieces of stored content that could not be opened");

    /// <summary>SOP instances kept. Tags: source, modality.</summary>
    public static readonly Counter<long> Instances = Meter.CreateCounter<long>("ehealthplus_instances_received_total", description: "SOP instances kept");

    /// <summary>Bytes of the SOP instances kept, as received. Tag: source.</summary>
    public static readonly Counter<long> InstanceBytes = Meter.CreateCounter<long>("ehealthplus_instances_received_bytes_total", "By", "Bytes of SOP instances kept, as received");

    /// <summary>SOP instances that were kept already, with the same bytes. Tag: source.</summary>
    public static readonly Counter<long> InstancesRepeated = Meter.CreateCounter<long>("ehealthplus_instances_repeated_total", description: "SOP instances that were kept already");

    /// <summary>SOP instances refused. Tags: source, code.</summary>
    public static readonly Counter<long> InstancesRefused = Meter.CreateCounter<long>("ehealthplus_instances_refused_total", description: "SOP instances refused, by code");

    /// <summary>Seconds from the first byte of a SOP instance to its commit. Tag: source.</summary>
    public static readonly Histogram<double> InstanceSeconds = Meter.CreateHistogram<double>("ehealthplus_instance_seconds", "s", "First byte of a SOP instance to its commit");

    /// <summary>Cases of the watching that are not closed.</summary>
    public static readonly UpDownCounter<long> CasesOpen = Meter.CreateUpDownCounter<long>("ehealthplus_cases_open", description: "Cases of the watching that are not closed");

    /// <summary>
    /// Makes the instruments, and counts nothing on each that has no labels: they are told as 0 before their first event, so that a rate over
    /// them, or an alert, does not wait for a series that nobody has seen yet.
    /// </summary>
    public static void Begin()
    {
        foreach (var gauge in (UpDownCounter<long>[])[MllpConnections, DicomAssociations, ResealingLeft, CasesOpen]) gauge.Add(0);
        foreach (var counter in (Counter<long>[])[MllpConnectionsRefused, Resealed, DamagedContent]) counter.Add(0);
    }

    public static KeyValuePair<string, object?> Source(string? id) => new("source", id ?? "unknown");

    public static double SecondsSince(long timestamp) => Stopwatch.GetElapsedTime(timestamp).TotalSeconds;
}
