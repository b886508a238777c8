namespace EHealthPlus.Routing.Contracts.Audit;

/// <summary>The words of <see cref="AuditEntry.Action"/>. They stand in the trail, and in code that reads it elsewhere: none is ever changed.</summary>
public static class AuditAction
{
    public const string Deposit = "deposit";
    public const string Upload = "upload";
    public const string Replay = "replay";
    public const string Repair = "repair";

    /// <summary>Somebody who mends an interface looked at a message, or the acknowledgements of a file were fetched.</summary>
    public const string ViewMessage = "view-message";

    public const string Read = "read";
    public const string Search = "search";
    public const string History = "history";
    public const string Everything = "everything";

    /// <summary>Images were looked for: QIDO-RS, C-FIND.</summary>
    public const string ImageSearch = "image-search";

    /// <summary>Images left the hub: WADO-RS, C-GET, C-MOVE.</summary>
    public const string ImageRetrieve = "image-retrieve";

    /// <summary>Images were looked at in the console.</summary>
    public const string ImageView = "image-view";

    /// <summary>A modality asked for its worklist: its own provider's orders.</summary>
    public const string WorklistQuery = "worklist-query";

    /// <summary>A modality said what it is doing or has done: N-CREATE and N-SET of a performed procedure step.</summary>
    public const string ProcedureStep = "procedure-step";

    /// <summary>An order without images, or images that have not come, were taken off the desk.</summary>
    public const string ImagingDismiss = "imaging-dismiss";

    /// <summary>What was taken off the desk was put back.</summary>
    public const string ImagingBringBack = "imaging-bring-back";

    /// <summary>Stored content that cannot be opened was met.</summary>
    public const string Damage = "damage";

    public const string RotateKeys = "rotate-keys";

    /// <summary>Patient/$match.</summary>
    public const string Match = "match";

    /// <summary>Patient/$ihe-pix.</summary>
    public const string Pix = "pix";

    public const string Enrol = "enrol";
    public const string Amend = "amend";

    /// <summary>A source's local number was linked to a person: by rule, or by the source's word (ADT^A24, A40).</summary>
    public const string Link = "link";
    public const string Unlink = "unlink";
    public const string Merge = "merge";
    public const string Split = "split";

    public const string ReviewOpen = "review-open";
    public const string ReviewList = "review-list";

    /// <summary>A registrar compared a citizen of the index with what a source stated.</summary>
    public const string Review = "review";

    public const string ReviewDecide = "review-decide";

    public const string ConsentGive = "consent-give";
    public const string ConsentRevoke = "consent-revoke";
    public const string ProxyRegister = "proxy-register";
    public const string ProxyEnd = "proxy-end";
    public const string NoticeChoice = "notice-choice";

    public const string SignIn = "sign-in";
    public const string SignInRefused = "sign-in-refused";
    public const string SignOut = "sign-out";

    /// <summary>A request with a token whose bearer may no longer act: a departed doctor's, a suspended account's.</summary>
    public const string LapsedCredential = "lapsed-credential";

    /// <summary>Providers, locations, sources, professionals, affiliations, accounts, clients and certificates.</summary>
    public const string Register = "register";

    public const string TerminologyLoad = "terminology-load";

    public const string CaseOpen = "case-open";
    public const string CaseAssign = "case-assign";
    public const string CaseClose = "case-close";

    /// <summary>The actions that show a citizen's record.</summary>
    public static readonly IReadOnlyList<string> Reads = [Read, Search, History, Everything, ImageSearch, ImageRetrieve, ImageView];

    /// <summary>The actions that show who citizens are.</summary>
    public static readonly IReadOnlyList<string> IndexLooks = [Read, Search, Match, Pix, Review];
}
