using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Policy.Law;

namespace EHealthPlus.Routing.Policy.Decisions;

/// <summary>The words of a permit in both languages: on which rule and which consent it rests.</summary>
internal static class Permits
{
    public static readonly Wording Own = new("Permitted: the citizen's own record, as far as the citizen sees it in eHealth", "准許：市民在醫健通可見範圍內的本人紀錄");

    public static readonly Wording OnBehalf = new("Permitted: a substitute decision maker reads on behalf of the citizen", "准許：代決人代表市民取覽");

    public static Wording Provide(RightRule rule, Consent? sharing) => new(
        $"Permitted: {rule.Title.English}{End(sharing)}", $"准許：{rule.Title.Chinese}{EndChinese(sharing)}");

    public static Wording Obtain(RightRule rule, Consent? sharing, Profession profession, PurposeRule purpose, CareRelation? relation) => new(
        $"Permitted: {rule.Title.English}{End(sharing)}; {ProfessionName.Of(profession).English}, {purpose.Title.English}; "
        + (relation is null ? "no care relation was found" : $"care relation: {relation.Type} of {HongKongDay.Text(relation.Day)}"),
        $"准許：{rule.Title.Chinese}{EndChinese(sharing)}；{ProfessionName.Of(profession).Chinese}，{purpose.Title.Chinese}；"
        + (relation is null ? "未找到醫護關係" : $"醫護關係：{HongKongDay.Text(relation.Day)}的 {relation.Type}"));

    private static string End(Consent? sharing) => sharing switch
    {
        null => "",
        { ExpiresAt: { } end } => $", which ends on {HongKongDay.Text(end)}",
        _ => ", which has no end",
    };

    private static string EndChinese(Consent? sharing) => sharing switch
    {
        null => "",
        { ExpiresAt: { } end } => $"，於{HongKongDay.Text(end)}終止",
        _ => "，無限期",
    };
}
