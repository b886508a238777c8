using System.Collections.Frozen;

namespace EHealthPlus.Transformers.Dicom.Scanning;

/// <summary>To which level of the information model an attribute belongs.</summary>
internal enum AttributeLevel : byte
{
    Patient,
    Study,
    Series,
    Instance,
}

/// <summary>
/// The attributes that are kept beside an instance, so that it is found and shown without being opened: matching and return attributes of
/// QIDO-RS (PS3.18-2024 10.6.3.3, tables for study, series and instance), the keys of C-FIND (PS3.4-2024 C.6.1.1, C.6.2.1), and what a viewer
/// hangs images by (PS3.3-2024 C.7.6, C.23).
/// </summary>
internal static class IndexedAttributes
{
    private static readonly uint[] Patient =
    [
        0x00100010, 0x00100020, 0x00100021, 0x00100022, 0x00100024, 0x00100030, 0x00100032, 0x00100033, 0x00100034, 0x00100035, 0x00100040,
        0x00101000, 0x00101001, 0x00101002, 0x00102160, 0x00104000, 0x00120062, 0x00120063,
    ];

    private static readonly uint[] Study =
    [
        0x00080020, 0x00080030, 0x00080050, 0x00080051, 0x00080090, 0x00080096, 0x00080201, 0x00081030, 0x00081032, 0x00081048, 0x00081049,
        0x00081060, 0x00081062, 0x00081080, 0x00081084, 0x00081110, 0x00101010, 0x00101020, 0x00101030, 0x00102180, 0x001021B0, 0x0020000D,
        0x00200010, 0x00321032, 0x00321033, 0x00321060, 0x00380010, 0x00380014,
    ];

    private static readonly uint[] Series =
    [
        0x00080021, 0x00080031, 0x00080060, 0x00080068, 0x00080070, 0x00080080, 0x00081010, 0x0008103E, 0x0008103F, 0x00081040, 0x00081050,
        0x00081070, 0x00081090, 0x00081111, 0x00180015, 0x00181000, 0x00181020, 0x00181030, 0x00185100, 0x0020000E, 0x00200011, 0x00200052,
        0x00200060, 0x00201040, 0x00400244, 0x00400245, 0x00400253, 0x00400254, 0x00400260, 0x00400275,
    ];

    private static readonly uint[] Instance =
    [
        0x00080008, 0x00080012, 0x00080013, 0x00080016, 0x00080018, 0x00080022, 0x00080023, 0x0008002A, 0x00080032, 0x00080033, 0x00082218,
        0x00180010, 0x00180022, 0x00180040, 0x00180050, 0x00180060, 0x00180080, 0x00180081, 0x00180086, 0x00180088, 0x00181063, 0x00181164,
        0x00185101, 0x00200012, 0x00200013, 0x00200020, 0x00200032, 0x00200037, 0x00200062, 0x00200100, 0x00201041, 0x00204000, 0x00280002,
        0x00280004, 0x00280006, 0x00280008, 0x00280010, 0x00280011, 0x00280030, 0x00280034, 0x00280100, 0x00280101, 0x00280102, 0x00280103,
        0x00280106, 0x00280107, 0x00280301, 0x00281050, 0x00281051, 0x00281052, 0x00281053, 0x00281054, 0x00281055, 0x00281056, 0x00282110,
        0x00282112, 0x00282114, 0x0040A043, 0x0040A073, 0x0040A370, 0x0040A491, 0x0040A493, 0x00420010, 0x00420012, 0x00540220, 0x00700080,
        0x00700081, 0x00700082, 0x00700083, 0x00700084,
    ];

    private static readonly FrozenDictionary<uint, (AttributeLevel Level, int Number)> Numbers = Build();

    public static int Count => Numbers.Count;

    /// <summary>Above it are graphics, plans, waveforms and pixels, which nothing is found by.</summary>
    public const uint Last = 0x00700084;

    /// <param name="number">From 0 to <see cref="Count"/>.</param>
    public static bool TryFind(uint tag, out AttributeLevel level, out int number)
    {
        bool found = Numbers.TryGetValue(tag, out var entry);
        (level, number) = entry;
        return found;
    }

    private static FrozenDictionary<uint, (AttributeLevel, int)> Build()
    {
        var numbers = new Dictionary<uint, (AttributeLevel, int)>();
        void Add(AttributeLevel level, uint[] tags)
        {
            foreach (uint tag in tags) numbers.Add(tag, (level, numbers.Count));
        }

        Add(AttributeLevel.Patient, Patient);
        Add(AttributeLevel.Study, Study);
        Add(AttributeLevel.Series, Series);
        Add(AttributeLevel.Instance, Instance);
        return numbers.ToFrozenDictionary();
    }
}
