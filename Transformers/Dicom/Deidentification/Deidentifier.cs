using System.Buffers;
using System.IO.Compression;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Dicom.Reading;
using EHealthPlus.Transformers.Dicom.Scanning;
using EHealthPlus.Transformers.Dicom.TransferSyntaxes;
using EHealthPlus.Transformers.Dicom.Writing;

namespace EHealthPlus.Transformers.Dicom.Deidentification;

/// <summary>A de-identified instance.</summary>
/// <param name="StudyInstanceUid">The new one; empty where the original has none. So with the other two.</param>
/// <param name="PixelText">Why its pixels or its document may still identify; null where there is no sign of it.</param>
public sealed record DeidentifiedInstance(string StudyInstanceUid, string SeriesInstanceUid, string SopInstanceUid, Rejection? PixelText, DeidentificationCounts Counts);

/// <summary>
/// De-identifies Part 10 files after PS3.15-2025a annex E: the basic profile and the options that can be kept without seeing pixels. Reads a
/// file twice and writes it while reading: memory does not grow with it. Pixel data is passed on byte by byte.
/// </summary>
public sealed class Deidentifier
{
    private const string MediaStorageDirectory = "1.2.840.10008.1.3.10";

    private readonly ProjectKey key;
    private readonly IReadOnlySet<ConfidentialityOption> options;
    private readonly bool acceptPixelText;

    private Deidentifier(ProjectKey key, IReadOnlySet<ConfidentialityOption> options, bool acceptPixelText) =>
        (this.key, this.options, this.acceptPixelText) = (key, options, acceptPixelText);

    /// <param name="acceptPixelText">Takes instances too whose pixels or documents may show who the patient is.</param>
    /// <returns>DeidentificationOptionUnsupported for what would need to see pixels, DeidentificationOptionsContradict for dates kept and moved.</returns>
    public static Result<Deidentifier> Create(ProjectKey key, IReadOnlySet<ConfidentialityOption> options, bool acceptPixelText)
    {
        if (options.Contains(ConfidentialityOption.CleanPixelData) || options.Contains(ConfidentialityOption.CleanRecognizableVisualFeatures))
        {
            return new Rejection(RejectionCode.DeidentificationOptionUnsupported, "Pixels are never decoded here: nothing in them can be found and cleaned");
        }
        if (options.Contains(ConfidentialityOption.RetainFullDates) && options.Contains(ConfidentialityOption.RetainModifiedDates))
        {
            return new Rejection(RejectionCode.DeidentificationOptionsContradict, "Dates stay as they are, or they move: not both");
        }
        return new Deidentifier(key, options, acceptPixelText);
    }

    /// <param name="file">Can be sought in.</param>
    /// <param name="output">After a rejection it holds a part that is not to be used.</param>
    public async ValueTask<Result<DeidentifiedInstance>> DeidentifyAsync(Stream file, Stream output, CancellationToken cancellationToken)
    {
        Result<FileMeta> meta = await FileOpening.ReadAsync(file, cancellationToken).ConfigureAwait(false);
        if (!meta.Accepted) return meta.Rejection;
        TransferSyntax syntax = meta.Value.Syntax;
        var rules = new ProfileRules(options);
        var facts = new InstanceFacts(rules, syntax.BigEndian);
        if (await DataSetReader.ReadAsync(file, syntax, new UnknownSequences(facts), cancellationToken).ConfigureAwait(false) is { } damaged) return damaged;
        if (facts.SopClassUid == MediaStorageDirectory) return new Rejection(RejectionCode.DeidentificationImpossible, "A directory is made anew for the files that it names");
        if (facts.Missing() is { } missing) return missing;
        Rejection? pixelText = PixelText.Judge(facts);
        if (pixelText is not null && !acceptPixelText) return pixelText;

        facts.Blocks.Rewind();
        file.Position = meta.Value.Length;
        string instance = Mapped(facts.SopInstanceUid);
        await output.WriteAsync(FileMetaBytes.Write(facts.SopClassUid, instance, syntax.Uid), cancellationToken).ConfigureAwait(false);
        var written = new ArrayBufferWriter<byte>(80 * 1024);
        var transcoding = new Transcoding(syntax, syntax, written, edited: true);
        var deidentification = new Deidentification(rules, key, facts, new StatedAttributes(options, facts.TemporalInformation), transcoding);
        Stream dataSet = syntax.Deflated ? new DeflateStream(output, CompressionLevel.Fastest, leaveOpen: true) : output;
        try
        {
            Rejection? fault = await DataSetReader.ReadAsync(file, syntax, new UnknownSequences(deidentification), FlushAsync, cancellationToken).ConfigureAwait(false);
            if (fault is not null) return fault;
            deidentification.Complete();
            await FlushAsync().ConfigureAwait(false);
        }
        finally
        {
            if (syntax.Deflated) await dataSet.DisposeAsync().ConfigureAwait(false);
        }
        return new DeidentifiedInstance(Mapped(facts.StudyInstanceUid), Mapped(facts.SeriesInstanceUid), instance, pixelText, deidentification.Counts);

        async ValueTask FlushAsync()
        {
            await dataSet.WriteAsync(written.WrittenMemory, cancellationToken).ConfigureAwait(false);
            written.ResetWrittenCount();
        }
    }

    private string Mapped(string uid) => options.Contains(ConfidentialityOption.RetainUids) ? uid : key.Uid(uid);
}
