using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.PersonIndex.Names;

namespace EHealthPlus.Tests.Routing.PersonIndex;

public sealed class NameReadingTests
{
    [Theory]
    [InlineData("CHAN", "can4")]
    [InlineData("CHEUNG", "zoeng1")]
    [InlineData("WONG", "wong4")]
    [InlineData("NG", "ng4")]
    [InlineData("KWOK", "gwok3")]
    [InlineData("TSE", "ze6")]
    [InlineData("SZE", "si1")]
    [InlineData("TSZ", "zi2")]
    [InlineData("HUI", "heoi2")]
    [InlineData("TSUI", "ceoi4")]
    [InlineData("CHUI", "ceoi4")]
    [InlineData("YUEN", "jyun4")]
    [InlineData("CHOW", "zau1")]
    [InlineData("CHAU", "zau1")]
    [InlineData("LAW", "lo4")]
    [InlineData("LEE", "lei5")]
    [InlineData("IP", "jip6")]
    [InlineData("YIP", "jip6")]
    [InlineData("KEUNG", "koeng4")]
    [InlineData("CHUN", "zeon3")]
    [InlineData("CHUN", "zan1")]
    [InlineData("SHUM", "sam2")]
    [InlineData("POON", "pun1")]
    [InlineData("YEUNG", "joeng4")]
    [InlineData("CHEUK", "coek3")]
    [InlineData("LUK", "luk6")]
    [InlineData("NGAN", "ngan4")]
    [InlineData("AU", "au1")]
    public void A_customary_spelling_has_the_sound_of_its_syllable(string spelling, string jyutping) =>
        Assert.Contains(CantoneseSound.OfJyutping(jyutping), CantoneseSound.Of(spelling).ToArray());

    [Theory]
    [InlineData("CHAN", "wong4")]
    [InlineData("LAM", "laan4")]
    [InlineData("TANG", "tung4")]
    [InlineData("HO", "hau4")]
    [InlineData("PETER", "")]
    [InlineData("SHARMA", "")]
    public void Another_has_not(string spelling, string jyutping)
    {
        var sounds = CantoneseSound.Of(spelling).ToArray();
        if (jyutping.Length == 0) Assert.Empty(sounds);
        else Assert.DoesNotContain(CantoneseSound.OfJyutping(jyutping), sounds);
    }

    [Theory]
    [InlineData("TAI MAN", "CHAN", "A")]
    [InlineData("CHAN", "TAIMAN", "A")]
    [InlineData("CHAN", "TAI-MAN", "A")]
    [InlineData("CHAN", "PETER TAI MAN", "A")]
    [InlineData("CAN", "DAAI MAN", "A")]
    [InlineData("CAN4", "DAAI6 MAN4", "A")]
    [InlineData("CHEN", "DAWEN", "A")]
    [InlineData("Chen", "Da Wen", "A")]
    [InlineData("陳", "大文", "I")]
    [InlineData("陈", "大文", "I")]
    [InlineData("7115", "1129 2429", "A")]
    public void One_name_in_many_forms_shares_a_key(string family, string given, string representation)
    {
        var known = NameReading.Of([new StatedName("CHAN", "TAI MAN", ""), new StatedName("陳大文", "", "I")]);
        var stated = NameReading.Of([new StatedName(family, given, representation)]);
        Assert.True(NameKeys.Cantonese(stated).Intersect(NameKeys.Cantonese(known)).Any() || NameKeys.Mandarin(stated).Intersect(NameKeys.Mandarin(known)).Any());
    }

    [Theory]
    [InlineData("WONG", "TAI MAN", "A")]
    [InlineData("CHAN", "SIU MING", "A")]
    [InlineData("黃", "大文", "I")]
    [InlineData("7806", "1129 2429", "A")]
    public void Another_name_shares_none(string family, string given, string representation)
    {
        var known = NameReading.Of([new StatedName("CHAN", "TAI MAN", ""), new StatedName("陳大文", "", "I")]);
        var stated = NameReading.Of([new StatedName(family, given, representation)]);
        Assert.Empty(NameKeys.Cantonese(stated).Intersect(NameKeys.Cantonese(known)));
        Assert.Empty(NameKeys.Mandarin(stated).Intersect(NameKeys.Mandarin(known)));
    }

    [Fact]
    public void Pinyin_and_a_Hong_Kong_spelling_meet_without_Chinese_characters()
    {
        var hongKong = NameReading.Of([new StatedName("CHAN", "TAI MAN", "")]);
        Assert.True(NameResemblance.AcrossLanguages(NameReading.Of([new StatedName("CHEN", "DAWEN", "")]), hongKong));
        Assert.False(NameResemblance.AcrossLanguages(NameReading.Of([new StatedName("HUANG", "DAWEN", "")]), hongKong));
    }

    [Fact]
    public void A_newborn_without_a_given_name_has_the_family_name_only()
    {
        var known = NameReading.Of([new StatedName("CHAN", "TAI MAN", "")]);
        Assert.True(NameResemblance.Partly(NameReading.Of([new StatedName("CHAN", "BABY BOY", "")]), known));
        Assert.False(NameResemblance.Partly(NameReading.Of([new StatedName("WONG", "BABY BOY", "")]), known));
    }

    [Theory]
    [InlineData("SMITH", "", true)]
    [InlineData("SMITH", "JOHN", true)]
    [InlineData("SMITH", "MARY", false)]
    [InlineData("JONES", "", false)]
    public void A_name_that_is_no_syllables_is_met_by_its_beginning(string family, string given, bool partly)
    {
        var known = NameReading.Of([new StatedName("SMITH", "JOHN PAUL", "")]);
        var stated = NameReading.Of([new StatedName(family, given, "")]);
        Assert.Equal(partly, NameResemblance.Partly(stated, known));
        Assert.Equal(partly, NameResemblance.Partly(known, stated));
    }
}
