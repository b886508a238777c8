using System.Reflection;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Audit;

namespace EHealthPlus.Tests.Monitoring.Console;

/// <summary>Everything the console says exists in both languages.</summary>
public class WordsTest
{
    // The same in both languages: names that the standards write so.
    private static readonly string[] Untranslated = ["FHIR", "MSH-3 / MSH-4"];

    // Simplified forms that slip in from input methods; a Hong Kong reader expects the traditional ones.
    private const string Simplified = "这个为无来时后关开发务员检错误显应确认访审计数库转换类别状态页链连过号编码备轻请从让还没区块传输";

    private static IEnumerable<(string Name, Phrase Phrase)> All => typeof(Phrase).Assembly.GetTypes()
        .Where(type => type.Namespace == typeof(Phrase).Namespace)
        .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public))
        .Where(member => member.FieldType == typeof(Phrase))
        .Select(member => ($"{member.DeclaringType!.Name}.{member.Name}", (Phrase)member.GetValue(null)!));

    [Fact]
    public void Each_phrase_is_said_in_both_languages()
    {
        Assert.True(All.Count() > 200);
        Assert.Empty(All.Where(said => string.IsNullOrWhiteSpace(said.Phrase.English)).Select(said => said.Name));
        Assert.Empty(All.Where(said => !Untranslated.Contains(said.Phrase.Chinese) && !said.Phrase.Chinese.Any(letter => letter >= '\u4e00') && said.Phrase.Chinese != "English").Select(said => said.Name));
    }

    [Fact]
    public void Each_action_of_the_audit_trail_has_words_of_its_own()
    {
        var actions = typeof(AuditAction).GetFields(BindingFlags.Static | BindingFlags.Public).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!).ToList();
        Assert.Equal(actions.Order(StringComparer.Ordinal), ActionWords.All.Order(StringComparer.Ordinal));
        var said = actions.Select(ActionWords.Of).ToList();
        Assert.Equal((actions.Count, actions.Count), (said.DistinctBy(phrase => phrase.English).Count(), said.DistinctBy(phrase => phrase.Chinese).Count()));
        Assert.DoesNotContain(said, phrase => phrase.Chinese.Any(Simplified.Contains) || !phrase.Chinese.Any(letter => letter >= '\u4e00') || actions.Contains(phrase.English));
    }

    [Fact]
    public void Both_languages_fill_the_same_places() =>
        Assert.Empty(All.Where(said => Places(said.Phrase.English) != Places(said.Phrase.Chinese)).Select(said => said.Name));

    [Fact]
    public void The_chinese_is_traditional() =>
        Assert.Empty(All.Where(said => said.Phrase.Chinese.Any(Simplified.Contains)).Select(said => said.Name));

    /// <summary>身分 is as right, but one console says one.</summary>
    [Fact]
    public void Identity_is_written_one_way() =>
        Assert.Empty(All.Concat(AuditAction.Reads.Select(action => (action, ActionWords.Of(action)))).Where(said => said.Item2.Chinese.Contains("身分", StringComparison.Ordinal)).Select(said => said.Item1));

    [Theory]
    [InlineData(75, "1:15 min", "1:15 分鐘")]
    [InlineData(5400, "1:30 h", "1:30 小時")]
    [InlineData(172_800, "2.0 d", "2.0 日")]
    [InlineData(0.5, "500 ms", "500 ms")]
    public void Durations_are_said_in_the_readers_language(double seconds, string english, string chinese) =>
        Assert.Equal((english, chinese), (Shown.Duration(seconds, Language.English), Shown.Duration(seconds, Language.Chinese)));

    private static int Places(string text) => Enumerable.Range(0, 4).Count(number => text.Contains($"{{{number}}}", StringComparison.Ordinal));
}
