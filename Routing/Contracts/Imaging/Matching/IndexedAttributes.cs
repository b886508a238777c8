using System.Collections.Frozen;

namespace EHealthPlus.Routing.Contracts.Imaging.Matching;

/// <summary>
/// The attributes that are kept beside an instance, each with its keyword (PS3.6-2024 table 6-1), so that it is found and shown without being opened: matching and
/// return attributes of QIDO-RS (PS3.18-2024 10.6.3.3, tables for study, series and instance), the keys of C-FIND (PS3.4-2024 C.6.1.1, C.6.2.1), and what a
/// viewer hangs images by (PS3.3-2024 C.7.6, C.23). Who scans keeps these, and who searches matches on these.
/// </summary>
public static class IndexedAttributes
{
    private static readonly (uint Tag, string Keyword)[] Patient =
    [
        (0x00100010, "PatientName"), (0x00100020, "PatientID"), (0x00100021, "IssuerOfPatientID"), (0x00100022, "TypeOfPatientID"),
        (0x00100024, "IssuerOfPatientIDQualifiersSequence"), (0x00100030, "PatientBirthDate"), (0x00100032, "PatientBirthTime"),
        (0x00100033, "PatientBirthDateInAlternativeCalendar"), (0x00100034, "PatientDeathDateInAlternativeCalendar"),
        (0x00100035, "PatientAlternativeCalendar"), (0x00100040, "PatientSex"), (0x00101000, "OtherPatientIDs"), (0x00101001, "OtherPatientNames"),
        (0x00101002, "OtherPatientIDsSequence"), (0x00102160, "EthnicGroup"), (0x00104000, "PatientComments"),
        (0x00120062, "PatientIdentityRemoved"), (0x00120063, "DeidentificationMethod"),
    ];

    private static readonly (uint Tag, string Keyword)[] Study =
    [
        (0x00080020, "StudyDate"), (0x00080030, "StudyTime"), (0x00080050, "AccessionNumber"), (0x00080051, "IssuerOfAccessionNumberSequence"),
        (0x00080090, "ReferringPhysicianName"), (0x00080096, "ReferringPhysicianIdentificationSequence"), (0x00080201, "TimezoneOffsetFromUTC"),
        (0x00081030, "StudyDescription"), (0x00081032, "ProcedureCodeSequence"), (0x00081048, "PhysiciansOfRecord"),
        (0x00081049, "PhysiciansOfRecordIdentificationSequence"), (0x00081060, "NameOfPhysiciansReadingStudy"),
        (0x00081062, "PhysiciansReadingStudyIdentificationSequence"), (0x00081080, "AdmittingDiagnosesDescription"),
        (0x00081084, "AdmittingDiagnosesCodeSequence"), (0x00081110, "ReferencedStudySequence"), (0x00101010, "PatientAge"),
        (0x00101020, "PatientSize"), (0x00101030, "PatientWeight"), (0x00102180, "Occupation"), (0x001021B0, "AdditionalPatientHistory"),
        (0x0020000D, "StudyInstanceUID"), (0x00200010, "StudyID"), (0x00321032, "RequestingPhysician"), (0x00321033, "RequestingService"),
        (0x00321060, "RequestedProcedureDescription"), (0x00380010, "AdmissionID"), (0x00380014, "IssuerOfAdmissionIDSequence"),
    ];

    private static readonly (uint Tag, string Keyword)[] Series =
    [
        (0x00080021, "SeriesDate"), (0x00080031, "SeriesTime"), (0x00080060, "Modality"), (0x00080068, "PresentationIntentType"),
        (0x00080070, "Manufacturer"), (0x00080080, "InstitutionName"), (0x00081010, "StationName"), (0x0008103E, "SeriesDescription"),
        (0x0008103F, "SeriesDescriptionCodeSequence"), (0x00081040, "InstitutionalDepartmentName"), (0x00081050, "PerformingPhysicianName"),
        (0x00081070, "OperatorsName"), (0x00081090, "ManufacturerModelName"), (0x00081111, "ReferencedPerformedProcedureStepSequence"),
        (0x00180015, "BodyPartExamined"), (0x00181000, "DeviceSerialNumber"), (0x00181020, "SoftwareVersions"), (0x00181030, "ProtocolName"),
        (0x00185100, "PatientPosition"), (0x0020000E, "SeriesInstanceUID"), (0x00200011, "SeriesNumber"), (0x00200052, "FrameOfReferenceUID"),
        (0x00200060, "Laterality"), (0x00201040, "PositionReferenceIndicator"), (0x00400244, "PerformedProcedureStepStartDate"),
        (0x00400245, "PerformedProcedureStepStartTime"), (0x00400253, "PerformedProcedureStepID"), (0x00400254, "PerformedProcedureStepDescription"),
        (0x00400260, "PerformedProtocolCodeSequence"), (0x00400275, "RequestAttributesSequence"),
    ];

    private static readonly (uint Tag, string Keyword)[] Instance =
    [
        (0x00080008, "ImageType"), (0x00080012, "InstanceCreationDate"), (0x00080013, "InstanceCreationTime"), (0x00080016, "SOPClassUID"),
        (0x00080018, "SOPInstanceUID"), (0x00080022, "AcquisitionDate"), (0x00080023, "ContentDate"), (0x0008002A, "AcquisitionDateTime"),
        (0x00080032, "AcquisitionTime"), (0x00080033, "ContentTime"), (0x00082218, "AnatomicRegionSequence"), (0x00180010, "ContrastBolusAgent"),
        (0x00180022, "ScanOptions"), (0x00180040, "CineRate"), (0x00180050, "SliceThickness"), (0x00180060, "KVP"), (0x00180080, "RepetitionTime"),
        (0x00180081, "EchoTime"), (0x00180086, "EchoNumbers"), (0x00180088, "SpacingBetweenSlices"), (0x00181063, "FrameTime"),
        (0x00181164, "ImagerPixelSpacing"), (0x00185101, "ViewPosition"), (0x00200012, "AcquisitionNumber"), (0x00200013, "InstanceNumber"),
        (0x00200020, "PatientOrientation"), (0x00200032, "ImagePositionPatient"), (0x00200037, "ImageOrientationPatient"),
        (0x00200062, "ImageLaterality"), (0x00200100, "TemporalPositionIdentifier"), (0x00201041, "SliceLocation"), (0x00204000, "ImageComments"),
        (0x00280002, "SamplesPerPixel"), (0x00280004, "PhotometricInterpretation"), (0x00280006, "PlanarConfiguration"),
        (0x00280008, "NumberOfFrames"), (0x00280010, "Rows"), (0x00280011, "Columns"), (0x00280030, "PixelSpacing"),
        (0x00280034, "PixelAspectRatio"), (0x00280100, "BitsAllocated"), (0x00280101, "BitsStored"), (0x00280102, "HighBit"),
        (0x00280103, "PixelRepresentation"), (0x00280106, "SmallestImagePixelValue"), (0x00280107, "LargestImagePixelValue"),
        (0x00280301, "BurnedInAnnotation"), (0x00281050, "WindowCenter"), (0x00281051, "WindowWidth"), (0x00281052, "RescaleIntercept"),
        (0x00281053, "RescaleSlope"), (0x00281054, "RescaleType"), (0x00281055, "WindowCenterWidthExplanation"), (0x00281056, "VOILUTFunction"),
        (0x00282110, "LossyImageCompression"), (0x00282112, "LossyImageCompressionRatio"), (0x00282114, "LossyImageCompressionMethod"),
        (0x0040A043, "ConceptNameCodeSequence"), (0x0040A073, "VerifyingObserverSequence"), (0x0040A370, "ReferencedRequestSequence"),
        (0x0040A491, "CompletionFlag"), (0x0040A493, "VerificationFlag"), (0x00420010, "DocumentTitle"),
        (0x00420012, "MIMETypeOfEncapsulatedDocument"), (0x00540220, "ViewCodeSequence"), (0x00700080, "ContentLabel"),
        (0x00700081, "ContentDescription"), (0x00700082, "PresentationCreationDate"), (0x00700083, "PresentationCreationTime"),
        (0x00700084, "ContentCreatorName"),
    ];

    /// <summary>Counted over what is kept (PS3.4-2024 C.3.4), with the highest level that has them.</summary>
    private static readonly (uint Tag, string Keyword, QueryLevel Level)[] Counted =
    [
        (0x00080061, "ModalitiesInStudy", QueryLevel.Patient), (0x00201206, "NumberOfStudyRelatedSeries", QueryLevel.Study),
        (0x00201208, "NumberOfStudyRelatedInstances", QueryLevel.Study), (0x00201209, "NumberOfSeriesRelatedInstances", QueryLevel.Series),
    ];

    private static readonly FrozenDictionary<uint, (QueryLevel Level, int Number)> Numbers = Build();

    private static readonly FrozenDictionary<uint, string> Keywords = Patient.Concat(Study).Concat(Series).Concat(Instance)
        .Concat(Counted.Select(attribute => (attribute.Tag, attribute.Keyword))).ToFrozenDictionary(attribute => attribute.Tag, attribute => attribute.Keyword);

    private static readonly FrozenDictionary<string, uint> Tags = Keywords.ToFrozenDictionary(attribute => attribute.Value, attribute => attribute.Key, StringComparer.Ordinal);

    public static int Count => Numbers.Count;

    /// <summary>Above it are graphics, plans, waveforms and pixels, which nothing is found by.</summary>
    public const uint Last = 0x00700084;

    /// <param name="number">From 0 to <see cref="Count"/>.</param>
    public static bool TryFind(uint tag, out QueryLevel level, out int number)
    {
        var found = Numbers.TryGetValue(tag, out var entry);
        (level, number) = entry;
        return found;
    }

    /// <returns>Null where it is neither indexed nor counted.</returns>
    public static string? KeywordOf(uint tag) => Keywords.GetValueOrDefault(tag);

    /// <returns>Group and element; null where nothing that is indexed or counted has that keyword.</returns>
    public static uint? TagOf(string keyword) => Tags.TryGetValue(keyword, out var tag) ? tag : null;

    /// <summary>
    /// Whether a search of a level matches on a key. A key that it does not match on is ignored, and the answer says so (PS3.4-2024 C.2.2.1.3, C.4.1.1.4): it
    /// is not taken for an attribute that no entity has.
    /// </summary>
    public static bool IsMatched(AttributeMatch match, QueryLevel level) => match.Sequence is { } sequence
        ? TryFind(sequence, out var of, out _) && of <= level && IsSequence(sequence)
        : IsMatched(match.Tag, level);

    /// <summary>A sequence is no value, and its keyword says that it is one (PS3.6-2024 table 6-1).</summary>
    private static bool IsSequence(uint tag) => Keywords[tag].EndsWith("Sequence", StringComparison.Ordinal);

    private static bool IsMatched(uint tag, QueryLevel level) => tag switch
    {
        // Known of a study at every level; UIDs of a level below are refused, for to ignore them would give far more than was meant.
        0x00080020 or 0x00080060 or 0x0020000D or 0x0020000E or 0x00080018 => true,
        _ when TryFind(tag, out var own, out _) => own <= level && !IsSequence(tag),
        _ => Counted.Any(attribute => attribute.Tag == tag && attribute.Level <= level),
    };

    private static FrozenDictionary<uint, (QueryLevel, int)> Build()
    {
        var numbers = new Dictionary<uint, (QueryLevel, int)>();
        void Add(QueryLevel level, (uint Tag, string Keyword)[] attributes)
        {
            foreach (var (tag, _) in attributes) numbers.Add(tag, (level, numbers.Count));
        }

        Add(QueryLevel.Patient, Patient);
        Add(QueryLevel.Study, Study);
        Add(QueryLevel.Series, Series);
        Add(QueryLevel.Instance, Instance);
        return numbers.ToFrozenDictionary();
    }
}
