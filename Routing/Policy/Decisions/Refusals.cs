using EHealthPlus.Routing.Contracts.Access;
using EHealthPlus.Routing.Contracts.Consents;
using EHealthPlus.Routing.Contracts.Registry;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Routing.Policy.Decisions;

/// <summary>The refusals of the policy in both languages, with the days that explain them.</summary>
internal static class Refusals
{
    public static readonly Rejection NeverJoined = Of(
        RejectionCode.JoiningConsentMissing, "No joining consent was given: the citizen has to join eHealth first", "此市民未曾給予參與同意，須先登記醫健通");

    public static readonly Rejection NeverShared = Of(
        RejectionCode.SharingConsentMissing, "No sharing consent to this provider was given", "此市民未曾給予此醫護機構互通同意");

    public static readonly Rejection NoProvider = Of(
        RejectionCode.RoleNotPermitted, "The clinician acts for no registered provider", "此醫護人員並非代表已登記的醫護機構");

    public static readonly Rejection ProviderSuspended = Of(
        RejectionCode.ProviderSuspended, "The registration of this provider is suspended", "此醫護機構的登記已暫停");

    public static readonly Rejection PlaceSuspended = Of(
        RejectionCode.ServiceLocationSuspended, "The service location is suspended, or belongs to another provider", "此服務地點已暫停，或屬於另一醫護機構");

    public static readonly Rejection NoProfession = Of(
        RejectionCode.ProfessionNotPermitted, "The credential states no profession: without one nothing may be obtained", "憑證沒有列明專業，不可取覽任何資料");

    public static readonly Rejection NotOwn = Of(RejectionCode.NotOwnRecord, "A citizen may obtain only the own record", "市民只可取覽自己的紀錄");

    public static readonly Rejection NoRelation = Of(
        RejectionCode.CareRelationMissing, "No encounter, appointment, referral or order ties this citizen to this provider: this reader needs one",
        "紀錄中沒有此市民在此醫護機構的就診、預約、轉介或醫囑，而此使用者須有其一");

    public static Rejection JoiningBegins(DateTimeOffset day) => Of(
        RejectionCode.JoiningConsentMissing, $"The joining consent begins on {HongKongDay.Text(day)}", $"參與同意由{HongKongDay.Text(day)}起生效");

    public static Rejection JoiningEnded(DateTimeOffset day) => Of(
        RejectionCode.JoiningConsentWithdrawn, $"The joining consent ended on {HongKongDay.Text(day)}", $"參與同意已於{HongKongDay.Text(day)}終止");

    public static Rejection SharingBegins(DateTimeOffset day) => Of(
        RejectionCode.SharingConsentMissing, $"The sharing consent to this provider begins on {HongKongDay.Text(day)}",
        $"給予此醫護機構的互通同意由{HongKongDay.Text(day)}起生效");

    public static Rejection SharingRevoked(DateTimeOffset day) => Of(
        RejectionCode.SharingConsentEnded, $"The sharing consent to this provider was revoked on {HongKongDay.Text(day)}",
        $"給予此醫護機構的互通同意已於{HongKongDay.Text(day)}撤回");

    public static Rejection SharingEnded(DateTimeOffset day) => Of(
        RejectionCode.SharingConsentEnded, $"The sharing consent to this provider ended on {HongKongDay.Text(day)}",
        $"給予此醫護機構的互通同意已於{HongKongDay.Text(day)}終止");

    public static Rejection NoRule(bool provides, DateTimeOffset at) => provides
        ? Of(
            RejectionCode.ProviderMayNotProvide, $"No rule in force on {HongKongDay.Text(at)} lets a provider of this kind provide data",
            $"於{HongKongDay.Text(at)}沒有有效規則容許此類醫護機構提供資料")
        : Of(
            RejectionCode.RoleNotPermitted, $"No rule in force on {HongKongDay.Text(at)} lets a provider of this kind obtain data",
            $"於{HongKongDay.Text(at)}沒有有效規則容許此類醫護機構取覽資料");

    public static Rejection Outside(ProviderKind kind) => kind == ProviderKind.GreaterBayAreaInstitution
        ? Of(
            RejectionCode.OutsideHongKong, "A Greater Bay Area institution is no provider under the Ordinance: it has its own channels only",
            "大灣區機構並非《條例》下的醫護機構，只可使用其專屬渠道")
        : Of(
            RejectionCode.OutsideHongKong, "No rule gives rights to a recognised provider outside Hong Kong yet",
            "暫未有規則賦予香港以外的認可醫護機構任何權利");

    public static Rejection Role(Role role) => Of(
        RejectionCode.RoleNotPermitted, $"The role {AccessPrincipal.KeyOf(role)} may not obtain records", $"角色 {AccessPrincipal.KeyOf(role)} 不可取覽紀錄");

    public static Rejection Profession(Profession profession, DateTimeOffset at) => Of(
        RejectionCode.ProfessionNotPermitted,
        $"No rule in force on {HongKongDay.Text(at)} lets the profession {ProfessionName.Of(profession).English} obtain data",
        $"於{HongKongDay.Text(at)}沒有有效規則容許{ProfessionName.Of(profession).Chinese}取覽資料");

    public static Rejection Purpose(PurposeOfUse? purpose) => purpose is { } stated
        ? Of(
            RejectionCode.PurposeNotPermitted, $"The purpose of use {PurposeCode.Of(stated)} gives this reader no right to obtain records",
            $"使用目的 {PurposeCode.Of(stated)} 不賦予此使用者取覽紀錄的權利")
        : Of(RejectionCode.PurposeNotPermitted, "No purpose of use gives this reader a right on that day", "當日沒有任何使用目的賦予此使用者權利");

    public static Rejection AuthorityEnded(SubstituteDecisionMaker maker, DateTimeOffset end) => maker.Ground == SubstitutionGround.Minor && maker.Until == end
        ? Of(
            RejectionCode.SubstituteDecisionMakerEnded, $"The authority to act for this person ended on the 16th birthday, {HongKongDay.Text(end)}",
            $"代表此人的權限已於其16歲生日（{HongKongDay.Text(end)}）終止")
        : Of(
            RejectionCode.SubstituteDecisionMakerEnded, $"The authority to act for this person ended on {HongKongDay.Text(end)}",
            $"代表此人的權限已於{HongKongDay.Text(end)}終止");

    private static Rejection Of(RejectionCode code, string english, string chinese) => new(code, english, null, chinese);
}
