using System.Collections.Frozen;

namespace EHealthPlus.Routing.Contracts.Rejections;

/// <summary>What one <see cref="RejectionCode"/> becomes on each protocol.</summary>
/// <param name="Acknowledgement">MSA-1 in original mode (HL7 table 0008): AR where the message cannot be taken at all, AE where its content is refused. Enhanced mode says CR and CE.</param>
/// <param name="Hl7Error">ERR-3, HL7 table 0357.</param>
/// <param name="HttpStatus">Status of the HTTP answer.</param>
/// <param name="IssueType">OperationOutcome.issue.code, FHIR R4 issue-type.</param>
/// <param name="DicomStatus">DIMSE status, PS3.7-2024 Annex C.</param>
/// <param name="Transient">True where the same bytes may be accepted later: the sender keeps the message and sends it again.</param>
public sealed record RejectionMeaning(
    RejectionCode Code, string Acknowledgement, string Hl7Error, int HttpStatus, string IssueType, ushort DicomStatus,
    bool Transient, string English, string Chinese);

/// <summary>The one table from rejection codes to HL7 ERR, HTTP and DICOM.</summary>
public static class RejectionTable
{
    private static readonly FrozenDictionary<RejectionCode, RejectionMeaning> Rows = Build();

    /// <summary>Every code, in number order.</summary>
    public static IEnumerable<RejectionMeaning> All => Rows.Values.OrderBy(row => row.Code);

    public static RejectionMeaning Of(RejectionCode code) => Rows[code];

    private static FrozenDictionary<RejectionCode, RejectionMeaning> Build()
    {
        // HL7 table 0357: 100 segment sequence, 101 required field, 102 data type, 103 table value, 200 message type,
        // 201 event code, 202 processing id, 203 version id, 204 unknown key, 205 duplicate key, 206 record locked, 207 application internal error.
        // DICOM: A700 out of resources, A900 identifier does not match, C000 cannot understand, 0122 SOP class not supported, 0124 not authorized, 0110 processing failure.
        RejectionMeaning[] rows =
        [
            new(RejectionCode.FrameTooLarge, "AR", "207", 413, "too-long", 0xA700, false, "The message is larger than the limit of this connection", "訊息超出此連線的大小上限"),
            new(RejectionCode.FrameIncomplete, "AR", "207", 400, "incomplete", 0xC000, false, "The message ended before its end block", "訊息在結束標記之前中斷"),
            new(RejectionCode.StartBlockMissing, "AR", "207", 400, "structure", 0xC000, false, "Bytes arrived outside an MLLP frame", "收到不屬於 MLLP 訊框的位元組"),
            new(RejectionCode.TooManyConnections, "AR", "207", 503, "throttled", 0xA700, true, "Too many connections are open", "連線數目過多"),
            new(RejectionCode.BatchCountMismatch, "AE", "207", 422, "invariant", 0xC000, false, "A batch does not hold as many messages as its trailer says", "批次內的訊息數目與結尾所述不符"),
            new(RejectionCode.BatchIncomplete, "AE", "207", 422, "incomplete", 0xC000, false, "The file ends before the trailer of its batch", "檔案在批次結尾之前中斷"),
            new(RejectionCode.BatchStructureInvalid, "AE", "100", 422, "structure", 0xC000, false, "A line of the file belongs to no message and no batch", "檔案內有不屬於任何訊息或批次的內容"),
            new(RejectionCode.UploadEmpty, "AR", "100", 422, "structure", 0xC000, false, "The file holds no message", "檔案內沒有訊息"),

            new(RejectionCode.MshMissing, "AR", "100", 400, "structure", 0xC000, false, "The message does not begin with an MSH segment", "訊息並非以 MSH 段開始"),
            new(RejectionCode.MshTruncated, "AR", "101", 400, "structure", 0xC000, false, "The MSH segment is cut off", "MSH 段不完整"),
            new(RejectionCode.DelimitersInvalid, "AR", "102", 400, "structure", 0xC000, false, "MSH-1 and MSH-2 do not name usable delimiters", "MSH-1 及 MSH-2 的分隔符無效"),
            new(RejectionCode.VersionUnsupported, "AR", "203", 400, "not-supported", 0xC000, false, "This HL7 version is not supported", "不支援此 HL7 版本"),
            new(RejectionCode.MessageTypeUnsupported, "AR", "200", 400, "not-supported", 0x0122, false, "This message type is not supported", "不支援此訊息類別"),
            new(RejectionCode.TriggerEventUnsupported, "AR", "201", 400, "not-supported", 0x0122, false, "This trigger event is not supported", "不支援此觸發事件"),
            new(RejectionCode.CharacterSetUnknown, "AR", "103", 400, "code-invalid", 0xC000, false, "MSH-18 names a character set that is not supported", "MSH-18 的字元集不受支援"),
            new(RejectionCode.CharacterSetContradicted, "AE", "102", 400, "value", 0xC000, false, "The bytes are not valid in the character set that the message states", "位元組與訊息所聲明的字元集不符"),
            new(RejectionCode.SegmentSequenceInvalid, "AE", "100", 422, "structure", 0xC000, false, "A required segment is missing or out of order", "缺少必要段或段次序不正確"),
            new(RejectionCode.RequiredFieldMissing, "AE", "101", 422, "required", 0xA900, false, "A required field is missing", "缺少必要欄位"),
            new(RejectionCode.DataTypeInvalid, "AE", "102", 422, "value", 0xC000, false, "A field does not hold a value of its data type", "欄位內容與資料類型不符"),
            new(RejectionCode.FieldTooLong, "AE", "102", 422, "too-long", 0xC000, false, "A field is longer than the limit", "欄位過長"),
            new(RejectionCode.TooManyRepetitions, "AE", "102", 422, "too-costly", 0xC000, false, "A field repeats more often than the limit", "欄位重複次數過多"),
            new(RejectionCode.ControlCharacterPresent, "AE", "102", 422, "value", 0xC000, false, "A field holds a control character", "欄位含有控制字元"),
            new(RejectionCode.TooManySegments, "AE", "100", 422, "too-costly", 0xC000, false, "The message has more segments than the limit", "訊息的段數過多"),
            new(RejectionCode.ControlIdMissing, "AR", "101", 400, "required", 0xC000, false, "MSH-10 is empty", "MSH-10 為空"),
            new(RejectionCode.MessageEmpty, "AR", "100", 400, "structure", 0xC000, false, "The frame is empty", "訊框內沒有訊息"),
            new(RejectionCode.XmlInvalid, "AR", "102", 400, "structure", 0xC000, false, "The message is not HL7 v2 XML that the hub can read", "訊息並非可讀的 HL7 v2 XML"),

            new(RejectionCode.SourceUnknown, "AR", "207", 403, "security", 0x0124, false, "No source is registered for this sending application and facility", "此發送系統及機構尚未登記"),
            new(RejectionCode.SourceSuspended, "AR", "207", 403, "suppressed", 0x0124, false, "This source is suspended", "此來源已暫停"),
            new(RejectionCode.SourceCertificateMismatch, "AR", "207", 403, "security", 0x0124, false, "The client certificate is not the one registered for this source", "用戶端證書與此來源的登記不符"),
            new(RejectionCode.ControlIdReused, "AE", "205", 409, "duplicate", 0x0111, false, "This control id was used before for other content", "此控制編號曾用於其他內容"),
            new(RejectionCode.ProcessingIdNotAccepted, "AR", "202", 400, "not-supported", 0xC000, false, "This processing id is not accepted here", "不接受此處理代號"),
            new(RejectionCode.SourceMayNotEnrol, "AE", "207", 403, "forbidden", 0x0124, false, "This source is not registered to enrol citizens", "此來源無權為市民登記"),
            new(RejectionCode.SourceNotOfChannel, "AR", "207", 403, "security", 0x0124, false, "The message names another source than the one that this folder or token belongs to", "訊息所述來源與此資料夾或權杖的來源不符"),

            new(RejectionCode.IdentityMissing, "AE", "101", 422, "required", 0xA900, false, "The message names no identity document and no linked local number", "訊息沒有身份證明文件號碼，亦沒有已連結的本地編號"),
            new(RejectionCode.IdentityDocumentInvalid, "AE", "102", 422, "value", 0xA900, false, "The identity card number fails its check digit", "身份證號碼的檢查碼不正確"),
            new(RejectionCode.PersonUnknown, "AE", "204", 422, "not-found", 0xA900, false, "No eHealth account exists for this person", "此人沒有醫健通帳戶"),
            new(RejectionCode.IdentityConflict, "AE", "204", 422, "conflict", 0xA900, false, "The identity number is known, but name, sex or date of birth differ", "身份證號碼相符，但姓名、性別或出生日期不一致"),
            new(RejectionCode.BirthDateInvalid, "AE", "102", 422, "value", 0xA900, false, "The date of birth is not a calendar date", "出生日期不是有效日期"),
            new(RejectionCode.BirthDateInFuture, "AE", "102", 422, "value", 0xA900, false, "The date of birth lies in the future", "出生日期在未來"),
            new(RejectionCode.PersonAlreadyEnrolled, "AE", "205", 409, "duplicate", 0xA900, false, "This person already has an eHealth account", "此人已有醫健通帳戶"),
            new(RejectionCode.MergeConflict, "AE", "204", 409, "conflict", 0xA900, false, "The two patient numbers belong to different persons", "兩個病人編號屬於不同人士"),
            new(RejectionCode.IdentityUnderReview, "AE", "204", 422, "conflict", 0xA900, false, "A registrar must decide who this is; the message is kept and will then be processed", "須由登記主任確認身份；訊息已保存，確認後將繼續處理"),
            new(RejectionCode.ReviewQueueFull, "AE", "207", 503, "throttled", 0xA700, true, "Too many identities of this source wait for a decision: send again later", "此來源待確認的身份過多，請稍後再送"),
            new(RejectionCode.ReasonMissing, "AE", "101", 422, "required", 0xA900, false, "A change like this needs a reason", "作出此更改須填寫原因"),

            new(RejectionCode.JoiningConsentMissing, "AE", "207", 403, "forbidden", 0x0124, false, "This person has not given joining consent", "此人未曾給予參與同意"),
            new(RejectionCode.JoiningConsentWithdrawn, "AE", "207", 403, "forbidden", 0x0124, false, "This person has withdrawn the joining consent", "此人已撤回參與同意"),
            new(RejectionCode.CategoryOutOfScope, "AE", "207", 403, "business-rule", 0x0124, false, "This kind of data is outside the sharable scope", "此類資料不在可互通範圍內"),
            new(RejectionCode.ProviderMayNotProvide, "AE", "207", 403, "forbidden", 0x0124, false, "This provider is not permitted to provide this data", "此醫護機構無權提供此資料"),
            new(RejectionCode.SharingConsentMissing, "AE", "207", 403, "forbidden", 0x0124, false, "This person has not given this provider a sharing consent: ask the person for one", "此人未曾給予此醫護機構互通同意，請先徵求其同意"),
            new(RejectionCode.SharingConsentEnded, "AE", "207", 403, "forbidden", 0x0124, false, "The sharing consent to this provider has ended: ask the person for a new one", "給予此醫護機構的互通同意已終止，請重新徵求其同意"),
            new(RejectionCode.RoleNotPermitted, "AE", "207", 403, "forbidden", 0x0124, false, "This role may not do this", "此角色無權執行此操作"),
            new(RejectionCode.NotOwnRecord, "AE", "207", 403, "forbidden", 0x0124, false, "A citizen may read only the own record", "市民只可查閱自己的紀錄"),
            new(RejectionCode.CredentialMissing, "AR", "207", 401, "login", 0x0124, false, "A bearer token is needed in the Authorization header", "須在 Authorization 標頭提供存取權杖"),
            new(RejectionCode.CredentialInvalid, "AR", "207", 401, "login", 0x0124, false, "The bearer token is not known here: check that it is whole, or get a new one", "存取權杖無效，請檢查是否完整，或重新取得"),
            new(RejectionCode.PurposeNotPermitted, "AE", "207", 403, "forbidden", 0x0124, false, "This purpose of use gives no right to obtain records", "此使用目的無權取覽紀錄"),
            new(RejectionCode.CareRelationMissing, "AE", "207", 403, "forbidden", 0x0124, false, "No care relation between this citizen and this provider is known", "未有此市民與此醫護機構之間的醫護關係"),
            new(RejectionCode.ProfessionNotPermitted, "AE", "207", 403, "forbidden", 0x0124, false, "This profession may not obtain this data", "此專業無權取覽此資料"),
            new(RejectionCode.ProviderSuspended, "AE", "207", 403, "forbidden", 0x0124, false, "The registration of this provider is suspended", "此醫護機構的登記已暫停"),
            new(RejectionCode.ServiceLocationSuspended, "AE", "207", 403, "forbidden", 0x0124, false, "This service location is not in operation for this provider", "此服務地點並未為此醫護機構運作"),
            new(RejectionCode.OutsideHongKong, "AE", "207", 403, "forbidden", 0x0124, false, "This institution outside Hong Kong has no right under the Ordinance", "此香港以外的機構在《條例》下沒有此權利"),
            new(RejectionCode.SubstituteDecisionMakerNeeded, "AE", "207", 403, "forbidden", 0x0124, false, "This person cannot decide alone: a substitute decision maker acts", "此人不能自行決定，須由代決人作出"),
            new(RejectionCode.SubstituteDecisionMakerEnded, "AE", "207", 403, "forbidden", 0x0124, false, "The authority of this substitute decision maker has ended", "此代決人的權限已終止"),
            new(RejectionCode.SubstituteDecisionMakerInvalid, "AE", "207", 422, "business-rule", 0x0124, false, "This person cannot be the substitute decision maker on this ground", "此人不能以此理由成為代決人"),

            new(RejectionCode.CertificateMissing, "AR", "207", 403, "security", 0x0124, false, "This service location connects with its client certificate only: show it in the TLS handshake", "此服務地點必須使用其用戶端證書連線，請在 TLS 交握時出示"),
            new(RejectionCode.CertificateUnknown, "AR", "207", 403, "security", 0x0124, false, "The client certificate was not issued by this hub: get one from the hub's administrator", "用戶端證書並非由本系統簽發，請向系統管理員取得"),
            new(RejectionCode.CertificateExpired, "AR", "207", 403, "expired", 0x0124, false, "The client certificate is not valid at this time: get a new one from the hub's administrator", "用戶端證書不在有效期內，請向系統管理員取得新證書"),
            new(RejectionCode.CertificateRevoked, "AR", "207", 403, "security", 0x0124, false, "The client certificate was revoked: get a new one from the hub's administrator", "用戶端證書已被撤銷，請向系統管理員取得新證書"),
            new(RejectionCode.CertificateOfAnotherLocation, "AR", "207", 403, "security", 0x0124, false, "The client certificate belongs to another service location: use that of the location that sends", "用戶端證書屬於另一服務地點，請使用發送地點本身的證書"),
            new(RejectionCode.AffiliationMissing, "AE", "207", 403, "forbidden", 0x0124, false, "This professional is not affiliated with this provider", "此專業人員並不隸屬此醫護機構"),
            new(RejectionCode.AffiliationEnded, "AE", "207", 401, "expired", 0x0124, false, "The affiliation of this professional with the provider has ended: its administrator can register a new one", "此專業人員與醫護機構的隸屬關係已終止，可由系統管理員重新登記"),
            new(RejectionCode.ProfessionalNotRegistered, "AE", "207", 401, "suppressed", 0x0124, false, "The registration of this professional is not in force", "此專業人員的註冊並未生效"),
            new(RejectionCode.AccountSuspended, "AE", "207", 401, "suppressed", 0x0124, false, "This account is suspended: ask the administrator", "此帳戶已暫停，請聯絡系統管理員"),
            new(RejectionCode.TokenExpired, "AE", "207", 401, "expired", 0x0124, false, "The token has expired: sign in again, or get a new token", "存取權杖已過期，請重新登入或取得新權杖"),
            new(RejectionCode.SessionEnded, "AE", "207", 401, "login", 0x0124, false, "The session was ended: sign in again", "登入時段已結束，請重新登入"),
            new(RejectionCode.SignInRefused, "AE", "207", 401, "login", 0x0124, false, "Name, password or code is wrong, or the account is locked for a while", "名稱、密碼或驗證碼不正確，或帳戶暫時鎖定"),
            new(RejectionCode.PasswordTooWeak, "AE", "207", 422, "business-rule", 0x0124, false, "The password is too short or too easily guessed", "密碼過短或過於容易猜中"),
            new(RejectionCode.InvitationInvalid, "AE", "207", 403, "login", 0x0124, false, "The invitation is not known, used up or expired: ask the administrator for a new one", "邀請無效、已使用或已過期，請向系統管理員索取新邀請"),
            new(RejectionCode.ScopeInsufficient, "AE", "207", 403, "forbidden", 0x0124, false, "The token is not good for this: its scopes do not cover it", "存取權杖的授權範圍不包括此操作"),
            new(RejectionCode.AssertionInvalid, "AE", "207", 401, "login", 0x0124, false, "The client assertion is not valid", "用戶端聲明無效"),
            new(RejectionCode.AssertionExpired, "AE", "207", 401, "expired", 0x0124, false, "The client assertion is not valid at this time", "用戶端聲明不在有效期內"),
            new(RejectionCode.AssertionReplayed, "AE", "207", 401, "security", 0x0124, false, "The client assertion was used before", "用戶端聲明曾被使用"),
            new(RejectionCode.AssertionAudienceWrong, "AE", "207", 401, "security", 0x0124, false, "The client assertion is meant for another server", "用戶端聲明的對象並非本系統"),
            new(RejectionCode.ClientUnknown, "AE", "207", 401, "login", 0x0124, false, "No client with that id and key is registered", "沒有登記此用戶端及其金鑰"),
            new(RejectionCode.ClientSuspended, "AE", "207", 401, "suppressed", 0x0124, false, "This client is suspended: ask the administrator", "此用戶端已暫停，請聯絡系統管理員"),
            new(RejectionCode.ScopeNotGranted, "AE", "207", 400, "business-rule", 0x0124, false, "None of the scopes asked for is registered for this client", "所要求的授權範圍並未為此用戶端登記"),
            new(RejectionCode.TokenRequestInvalid, "AE", "207", 400, "invalid", 0x0124, false, "The token request is not complete", "權杖要求不完整"),

            new(RejectionCode.NoticeChoiceInvalid, "AE", "207", 400, "value", 0x0110, false, "This choice of notices is not valid", "此通知方式的選擇無效"),

            new(RejectionCode.CaseReasonMissing, "AE", "101", 422, "required", 0x0110, false, "An act on a case needs a reason", "處理個案須填寫原因"),
            new(RejectionCode.OwnCase, "AE", "207", 403, "forbidden", 0x0110, false, "Nobody looks into their own conduct", "任何人不得處理涉及本人的個案"),
            new(RejectionCode.CaseClosed, "AE", "207", 409, "conflict", 0x0110, false, "The case is closed", "個案已結案"),
            new(RejectionCode.AssigneeUnfit, "AE", "207", 422, "business-rule", 0x0110, false, "A case is assigned to an auditor's account", "個案只可交予審計人員的帳戶"),

            new(RejectionCode.StoreKeyMissing, "AE", "207", 503, "exception", 0x0110, true, "The key that the store was encrypted with is not there", "找不到加密儲存資料所用的密鑰"),
            new(RejectionCode.StoreKeyDamaged, "AE", "207", 503, "exception", 0x0110, true, "A key file of the store does not hold its key", "儲存系統的密鑰檔案內容不正確"),
            new(RejectionCode.DataKeyDamaged, "AE", "207", 500, "exception", 0x0110, false, "A data key of the store is damaged", "儲存系統的資料密鑰已損壞"),
            new(RejectionCode.DataKeyUnknown, "AE", "207", 500, "exception", 0x0110, false, "The data key of stored content is not there any more", "所存內容的資料密鑰已不存在"),
            new(RejectionCode.ContentDamaged, "AE", "207", 500, "exception", 0x0110, false, "Stored content was altered, cut off or moved", "所存內容曾被更改、截斷或移動"),
            new(RejectionCode.ContentNotSealed, "AE", "207", 500, "exception", 0x0110, false, "Stored content is not encrypted, though all of this store is", "所存內容未經加密，與此儲存系統不符"),
            new(RejectionCode.RotationRunning, "AE", "207", 409, "conflict", 0x0110, true, "Keys are being rotated: wait until the content is encrypted anew", "密鑰正在輪替，請待內容重新加密後再試"),

            new(RejectionCode.HostUnknown, "AE", "207", 421, "security", 0x0124, false, "The request names a host that this hub is not known by", "要求所指的主機名稱並非本系統"),
            new(RejectionCode.PageOfAnotherSite, "AE", "207", 403, "security", 0x0124, false, "The page of another site sent this request", "此要求由其他網站的頁面發出"),
            new(RejectionCode.TooManyRequests, "AE", "207", 429, "throttled", 0xA700, true, "Too many requests came from this address or credential", "來自此地址或憑證的要求過多"),

            new(RejectionCode.BacklogFull, "AE", "207", 503, "throttled", 0xA700, true, "The backlog of this source is full: send again later", "此來源的積壓已滿，請稍後再送"),
            new(RejectionCode.StoreUnavailable, "AE", "207", 503, "transient", 0xA700, true, "The store does not answer: send again later", "儲存系統沒有回應，請稍後再送"),
            new(RejectionCode.StorageFull, "AE", "207", 507, "no-store", 0xA700, true, "No room is left to keep the message: send again later", "儲存空間不足，請稍後再送"),
            new(RejectionCode.ProcessingTimedOut, "AE", "207", 504, "timeout", 0x0110, true, "Processing took too long; the message is kept and will be finished", "處理逾時，訊息已保存並將繼續處理"),
            new(RejectionCode.RetriesExhausted, "AE", "207", 500, "exception", 0x0110, false, "Processing failed repeatedly; an operator will look at it", "多次處理失敗，將由操作員跟進"),
            new(RejectionCode.ShuttingDown, "AE", "207", 503, "transient", 0xA700, true, "The hub is shutting down: send again", "系統正在關閉，請再次傳送"),
            new(RejectionCode.UploadFolderForbidden, "AE", "207", 503, "transient", 0xA700, true, "The hub may not read or write in the folder of the uploads: send again later", "系統無權讀寫上載資料夾，請稍後再送"),
            new(RejectionCode.UploadFileFaulty, "AE", "207", 503, "transient", 0xA700, true, "A file of the uploads cannot be read or written: send again later", "上載的檔案無法讀寫，請稍後再送"),

            new(RejectionCode.ResourceNotFound, "AE", "204", 404, "not-found", 0xA900, false, "No such resource", "找不到此資源"),
            new(RejectionCode.ResourceGone, "AE", "204", 410, "deleted", 0xA900, false, "This resource was deleted", "此資源已刪除"),
            new(RejectionCode.ResourceTypeUnsupported, "AE", "200", 404, "not-supported", 0x0122, false, "This resource type is not supported", "不支援此資源類別"),
            new(RejectionCode.SearchParameterUnsupported, "AE", "207", 400, "not-supported", 0xA900, false, "This search parameter is not supported", "不支援此搜尋參數"),
            new(RejectionCode.SearchParameterInvalid, "AE", "102", 400, "value", 0xA900, false, "A search parameter holds an invalid value", "搜尋參數的值無效"),
            new(RejectionCode.BodyInvalid, "AE", "102", 400, "invalid", 0xC000, false, "The body is not valid", "內容無效"),
            new(RejectionCode.InteractionUnsupported, "AE", "200", 405, "not-supported", 0x0122, false, "This interaction is not supported", "不支援此操作"),
            new(RejectionCode.BodyTooLarge, "AR", "207", 413, "too-long", 0xA700, false, "The body is larger than the limit", "內容超出大小上限"),
            new(RejectionCode.VersionConflict, "AE", "206", 412, "conflict", 0x0110, false, "The resource was changed meanwhile", "此資源已被更改"),
            new(RejectionCode.NotAcceptable, "AE", "207", 406, "not-supported", 0x0110, false, "Only FHIR JSON in UTF-8 is answered", "只提供 UTF-8 編碼的 FHIR JSON"),
            new(RejectionCode.MediaTypeUnsupported, "AE", "207", 415, "not-supported", 0xC000, false, "This content type is not supported", "不支援此內容類型"),

            new(RejectionCode.DataSetInvalid, "AR", "102", 422, "structure", 0xC000, false, "The bytes are no DICOM data set", "位元組並非有效的 DICOM 資料集"),
            new(RejectionCode.DataSetTruncated, "AR", "102", 422, "incomplete", 0xC000, false, "The data set ends in the middle of an element", "資料集在元素中間中斷"),
            new(RejectionCode.TransferSyntaxUnsupported, "AR", "103", 415, "not-supported", 0x0122, false, "This transfer syntax is not supported", "不支援此傳輸語法"),
            new(RejectionCode.SequenceTooDeep, "AR", "102", 422, "too-costly", 0xC000, false, "Sequences are nested deeper than the limit", "序列的層數超出上限"),
            new(RejectionCode.AttributeMissing, "AE", "101", 422, "required", 0xA900, false, "An attribute is missing that every instance must have", "缺少每個實例必須具備的屬性"),
            new(RejectionCode.FileMetaInvalid, "AR", "102", 422, "structure", 0xC000, false, "The file meta information cannot be read", "檔案中繼資訊無法讀取"),
            new(RejectionCode.InflatedTooLarge, "AR", "102", 413, "too-costly", 0xA700, false, "The data set inflates to more than the limit", "資料集解壓後超出上限"),
            new(RejectionCode.AttributeRepeated, "AE", "102", 422, "structure", 0xC000, false, "An attribute stands twice in the data set", "資料集內有重複的屬性"),
            new(RejectionCode.TextInvalid, "AE", "102", 422, "value", 0xC000, false, "Name or number of the patient is not valid in the stated character set", "病人姓名或編號與所述字元集不符"),
            new(RejectionCode.PixelsNotLocatable, "AE", "102", 422, "structure", 0x0110, false, "The frames of this instance cannot be told apart", "無法分辨此實例的影格"),
            new(RejectionCode.PixelsEncapsulated, "AE", "207", 406, "not-supported", 0x0122, false, "The pixel data would have to be decoded or encoded", "像素資料須經解碼或編碼"),
            new(RejectionCode.IdentifierInvalid, "AE", "102", 400, "invalid", 0xA900, false, "The DICOM JSON object cannot be written as a data set", "DICOM JSON 物件無法寫成資料集"),
            new(RejectionCode.DeidentificationOptionUnsupported, "AE", "207", 422, "not-supported", 0x0110, false, "The option of de-identification would need to see pixels", "此去識別化選項須檢視像素"),
            new(RejectionCode.DeidentificationOptionsContradict, "AE", "207", 422, "invalid", 0x0110, false, "The options of de-identification contradict each other", "去識別化選項互相矛盾"),
            new(RejectionCode.BurnedInAnnotation, "AE", "207", 422, "security", 0x0110, false, "The pixels show who the patient is", "像素中顯示病人身份"),
            new(RejectionCode.PixelTextPossible, "AE", "207", 422, "security", 0x0110, false, "The pixels or the document may show who the patient is", "像素或文件中可能顯示病人身份"),
            new(RejectionCode.ProjectKeyInvalid, "AE", "207", 422, "security", 0x0110, false, "The project's key cannot be used", "項目密鑰無法使用"),
            new(RejectionCode.DeidentificationImpossible, "AE", "207", 422, "not-supported", 0x0110, false, "An object of this kind cannot be de-identified", "此類物件無法去識別化"),

            new(RejectionCode.CallingAeTitleUnknown, "AR", "103", 403, "unknown", 0x0124, false, "This application entity is not registered", "此應用實體並未登記"),
            new(RejectionCode.CalledAeTitleUnknown, "AR", "103", 403, "unknown", 0x0124, false, "The hub is not known by this application entity title", "本系統並非使用此應用實體名稱"),
            new(RejectionCode.DicomPeerSuspended, "AR", "207", 403, "suppressed", 0x0124, false, "This application entity, or the source it sends for, is suspended", "此應用實體或其代表的來源已暫停"),
            new(RejectionCode.DicomPeerMayNotStore, "AE", "207", 403, "forbidden", 0x0124, false, "This application entity may not store", "此應用實體無權儲存"),
            new(RejectionCode.DicomPeerMayNotQuery, "AE", "207", 403, "forbidden", 0x0124, false, "This application entity may not query or retrieve", "此應用實體無權查詢或取覽"),
            new(RejectionCode.MoveDestinationUnknown, "AE", "204", 422, "not-found", 0xA801, false, "The move destination is not known, cannot be reached, or belongs to another provider", "移送目的地不明、無法到達或屬於另一醫護機構"),
            new(RejectionCode.CommandSetInvalid, "AR", "102", 400, "structure", 0x0115, false, "The command set is not valid", "指令集無效"),
            new(RejectionCode.ProtocolDataUnitInvalid, "AR", "102", 400, "structure", 0xC000, false, "The protocol data unit is not valid", "協定資料單元無效"),
            new(RejectionCode.SopClassContradicted, "AE", "102", 422, "invariant", 0x0122, false, "The SOP class is not that of the presentation context", "SOP 類別與表示語境不符"),
            new(RejectionCode.QueryIdentifierInvalid, "AE", "102", 400, "value", 0xA900, false, "The identifier does not fit the query model", "識別碼與查詢模型不符"),
            new(RejectionCode.TooManyMatches, "AE", "207", 413, "too-costly", 0xA700, false, "More matches than one query gives: ask more narrowly", "符合的結果過多，請縮窄查詢範圍"),
            new(RejectionCode.TooManyAssociations, "AR", "207", 503, "throttled", 0xA700, true, "Too many associations are open", "關聯數目過多"),
            new(RejectionCode.PerformedStepExists, "AE", "205", 409, "duplicate", 0x0111, false, "A performed procedure step of this SOP Instance UID is known, with other attributes", "此 SOP Instance UID 已有另一檢查步驟"),
            new(RejectionCode.PerformedStepUnknown, "AE", "204", 404, "not-found", 0x0112, false, "This source has made no such performed procedure step", "此來源沒有這項檢查步驟"),
            new(RejectionCode.PerformedStepFinal, "AE", "207", 409, "conflict", 0x0110, false, "The performed procedure step is completed or discontinued, and may no longer be updated", "檢查步驟已完成或終止，不可再更改"),
            new(RejectionCode.PerformedStepAttributeMissing, "AE", "101", 422, "required", 0x0120, false, "An attribute is missing that a performed procedure step must have", "檢查步驟缺少必備的屬性"),
            new(RejectionCode.PerformedStepAttributeInvalid, "AE", "102", 422, "value", 0x0106, false, "An attribute of the performed procedure step has a value that is not allowed here", "檢查步驟的屬性值不可在此使用"),
            new(RejectionCode.StudyOfSeveralCitizens, "AE", "207", 409, "multiple-matches", 0xC000, false, "Images of more than one citizen stand under this UID, and are not given together: ask for a series or an instance that is of one", "此 UID 下有多於一名市民的影像，不會一併提供，請改為查詢只屬一名市民的序列或影像"),

            new(RejectionCode.InstanceConflict, "AE", "205", 409, "duplicate", 0x0111, false, "Another instance is kept under this SOP Instance UID", "此 SOP Instance UID 已存有另一實例"),
            new(RejectionCode.InstanceMismatch, "AE", "102", 422, "invariant", 0xA900, false, "The data set names another instance or study than its sender announced", "資料集的實例或檢查與傳送者所述不符"),
            new(RejectionCode.InstanceTooLarge, "AR", "207", 413, "too-long", 0xA700, false, "The instance is larger than the limit", "實例超出大小上限"),
            new(RejectionCode.AeTitleInvalid, "AE", "102", 400, "value", 0x0110, false, "An application entity title has 1 to 16 printable characters of ASCII and no backslash", "應用實體名稱須為 1 至 16 個可顯示的 ASCII 字元，不含反斜線"),

            new(RejectionCode.ImagingQueryTooBroad, "AE", "207", 403, "too-costly", 0xA700, false, "The query finds images of too many citizens: name the patient, the study or the accession number", "查詢涉及過多市民的影像，請指明病人、檢查或檢查編號"),
            new(RejectionCode.StudyManifestInvalid, "AR", "102", 422, "structure", 0xC000, false, "The manifest of a study cannot be read", "檢查清單無法讀取"),
            new(RejectionCode.StudyPatientsDiffer, "AE", "207", 422, "business-rule", 0xA900, false, "The instances of one study name different patients or accession numbers", "同一檢查的影像所載病人或檢查編號不同"),
            new(RejectionCode.StudySuperseded, "AE", "207", 409, "conflict", 0x0111, false, "A later manifest of this study has taken its place", "此檢查已有較新的清單取代"),
            new(RejectionCode.DocumentTooLarge, "AE", "207", 413, "too-long", 0xA700, false, "The report among the images is larger than the limit: it is kept, and not in the record", "影像中的報告超出大小上限，已保存但未載入紀錄"),
            new(RejectionCode.DocumentTooDeep, "AE", "207", 422, "too-costly", 0xA700, false, "The content of the report among the images is nested deeper than the limit: it is kept, and not in the record", "影像中的報告內容層數超出上限，已保存但未載入紀錄"),
            new(RejectionCode.DocumentUnreadable, "AE", "207", 422, "processing", 0xC000, false, "The report among the images cannot be read: it is kept, and not in the record", "影像中的報告無法讀取，已保存但未載入紀錄"),

            new(RejectionCode.UidInvalid, "AE", "102", 400, "value", 0xA900, false, "A unique identifier is not written as DICOM writes them", "唯一識別碼不符合 DICOM 的格式"),
            new(RejectionCode.ImageFormNotKept, "AE", "207", 406, "not-supported", 0x0122, false, "The images are kept in another transfer syntax, and the hub does not decode them", "影像以另一傳輸語法保存，本系統不會解碼"),
            new(RejectionCode.PixelsNotDecoded, "AE", "207", 406, "not-supported", 0x0122, false, "The hub does not render images: take the frames", "本系統不會繪製影像，請取用影格"),
            new(RejectionCode.FrameMissing, "AE", "204", 404, "not-found", 0xA900, false, "The instance has no such frame or element", "此實例沒有該影格或元素"),
            new(RejectionCode.RangeUnsatisfiable, "AE", "102", 416, "value", 0xA900, false, "The range lies outside of the content", "範圍超出內容"),
            new(RejectionCode.DicomFormNotAcceptable, "AE", "207", 406, "not-supported", 0x0122, false, "None of the forms that the client accepts is given here", "不提供客戶端所接受的格式"),

            new(RejectionCode.DepositNotWaiting, "AE", "207", 409, "conflict", 0x0110, false, "Only a refused or quarantined deposit is repaired and replayed: what is in the record is corrected by a new message of its source, what is in work needs nothing", "只有被拒絕或隔離的存入紀錄可以修正及重新處理：已存入的紀錄須由來源另發訊息更正，處理中的無須操作"),

            new(RejectionCode.InternalFault, "AE", "207", 500, "exception", 0x0110, true, "A fault in the hub; it is recorded and will be looked at", "系統內部錯誤，已記錄並將跟進"),
        ];
        return rows.ToFrozenDictionary(row => row.Code);
    }
}
