using System.Collections.Frozen;

namespace EHealthPlus.Routing.PersonIndex.Names;

/// <summary>
/// Tells the sound of a Cantonese syllable, coarsely, from any of its spellings: Jyutping (Linguistic Society of Hong Kong, 1993), the Hong
/// Kong Government's practice, which has no official table and marks neither aspiration, vowel length nor tone, and the spellings that
/// families keep (LAW and LO, CHOW and CHAU, LEE and LI). Spellings that can stand for the same syllable get the same number;
/// a spelling that can stand for two gets both.
/// </summary>
internal static class CantoneseSound
{
    private const int Finals = 64;

    // Each line: the class, then its spellings. What speakers merge today (n and l, ng and nothing) is merged too.
    private static readonly string[] Initials =
    [
        "- NG", "P B", "M", "F PH", "T D", "L N", "K G", "H", "KW GW", "W", "C CH TS TZ Z TC", "S SH", "Y",
    ];

    private static readonly string[] FinalSpellings =
    [
        "A AA AH AR", "AI AAI", "AU AAU OW AO", "AM AAM UM", "AN AAN", "ANG AANG", "AP AAP UP", "AT AAT", "AK AAK ACK",
        "E EH", "I EI EE Y IE EY AY IH EA", "ING ENG", "IK EK ICK", "UI EOI EUI OOI UY", "OI OY",
        "UN EON YUN UEN OON EUN", "UT EOT YUT UET OOT EUT", "EUNG OENG EONG", "EUK OEK", "OE EU",
        "IM EM EEM", "IN EN EEN IEN", "IP EP EEP", "IT ET EET", "IU EW IEW", "ON", "OT", "ONG", "OK OCK", "O OU OH OR AW",
        "UNG OONG", "UK OOK", "U YU UE OO UH UEH", "NG",
    ];

    // Whole syllables that the parts do not give: 思 and 子, of which the Government writes no vowel, and 謝, spelled like a 子.
    private static readonly string[] Wholes = ["S I SZE SZ", "C I TSZ TZE TZ TZU TSZE TSE"];

    // A second sound of a spelling: CHUN is 俊 and 珍, YEN 燕 and 恩, MAY 美 and KAI-like 佳.
    private static readonly (string Spelling, string Final)[] Doubles = [("UN", "AN"), ("UT", "AT"), ("AY", "AI"), ("EN", "AN")];

    // After no initial these begin with the semivowel: IP is YIP.
    private static readonly FrozenSet<string> Palatal =
        FrozenSet.Create(StringComparer.Ordinal, "I", "IM", "IN", "IP", "IT", "IU", "IK", "ING", "U", "UN", "UT", "EUNG", "EUK");

    private static readonly FrozenDictionary<string, int[]> BySpelling = Build();
    private static readonly FrozenDictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> Lookup = BySpelling.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The longest spelling, CHEOUNG-like.</summary>
    public const int LongestSpelling = 7;

    /// <param name="spelling">One syllable in capital letters without tone.</param>
    /// <returns>Its sounds; empty where no Cantonese syllable is spelled so.</returns>
    public static ReadOnlySpan<int> Of(ReadOnlySpan<char> spelling) => Lookup.TryGetValue(spelling, out var sounds) ? sounds : [];

    /// <param name="syllable">Jyutping in lower-case letters, with or without tone, such as zoeng1.</param>
    /// <returns>-1 where it is no syllable of names.</returns>
    public static int OfJyutping(string syllable)
    {
        var spelling = CharacterTable.Toneless(syllable).ToUpperInvariant();
        // Elsewhere J may be the English one.
        if (spelling[0] == 'J') spelling = string.Concat("Y", spelling.AsSpan(1));
        return Of(spelling) is [var sound, ..] ? sound : -1;
    }

    private static FrozenDictionary<string, int[]> Build()
    {
        var spellings = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var finalNames = FinalSpellings.Select(row => row.Split(' ')[0]).ToList();
        void Add(string spelling, int initial, string final)
        {
            if (initial == 0 && Palatal.Contains(final)) initial = Initials.Length - 1;
            if (!spellings.TryGetValue(spelling, out var sounds)) spellings.Add(spelling, sounds = new(1));
            var sound = (initial * Finals) + finalNames.IndexOf(final);
            if (!sounds.Contains(sound)) sounds.Add(sound);
        }

        for (var initial = 0; initial < Initials.Length; initial++)
        {
            foreach (var start in Initials[initial].Split(' '))
            {
                var begin = start == "-" ? "" : start;
                foreach (var row in FinalSpellings)
                {
                    var ends = row.Split(' ');
                    foreach (var end in ends.Where(end => end != "NG" || begin.Length == 0)) Add(begin + end, initial, ends[0]);
                }

                foreach (var (end, final) in Doubles) Add(begin + end, initial, final);
            }
        }

        foreach (var row in FinalSpellings)
        {
            var ends = row.Split(' ');
            foreach (var end in ends.Where(end => end != "NG"))
            {
                Add("J" + end, Initials.Length - 1, ends[0]);
                Add("J" + end, IndexOf("C"), ends[0]);
            }
        }

        foreach (var row in Wholes)
        {
            var parts = row.Split(' ');
            foreach (var whole in parts.Skip(2)) Add(whole, IndexOf(parts[0]), parts[1]);
        }

        return spellings.ToFrozenDictionary(each => each.Key, each => each.Value.ToArray(), StringComparer.Ordinal);
    }

    private static int IndexOf(string initial) => Array.FindIndex(Initials, row => row.Split(' ')[0] == initial);
}
