using EHealthPlus.Adapters.FhirRest.Conformance;
using EHealthPlus.Adapters.FhirRest.Exchange;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.FhirRest.Search;

/// <summary>A search as asked, in the terms of the record's index. Repeats are joined by AND, commas by OR.</summary>
internal sealed class SearchRequest
{
    public const int DefaultCount = 50;
    public const int MostCount = 200;

    /// <summary>The Patient id named by patient or subject.</summary>
    public string? PatientId { get; internal set; }

    /// <summary>Identity card number asked for, as typed; empty where the token names another system.</summary>
    public string? DocumentNumber { get; internal set; }

    public string? Family { get; internal set; }

    public string? Given { get; internal set; }

    /// <summary>FHIR R4 administrative-gender.</summary>
    public string? Gender { get; internal set; }

    public DateOnly? BirthDate { get; internal set; }

    /// <summary>True where persons are asked for by what is known of them.</summary>
    public bool Demographic => Family is not null || Given is not null || Gender is not null || BirthDate is not null;

    /// <summary>Name of the account that acted, whole.</summary>
    public string? AgentName { get; internal set; }

    /// <summary>Of a professional, as typed: system|value or value.</summary>
    public string? RegistrationNumber { get; internal set; }

    public string? PractitionerId { get; internal set; }

    public string? OrganizationId { get; internal set; }

    /// <summary>Null where any will do; empty where two parameters exclude each other.</summary>
    public IReadOnlyList<string>? Ids { get; internal set; }

    /// <inheritdoc cref="Ids"/>
    public IReadOnlyList<string>? Statuses { get; internal set; }

    /// <inheritdoc cref="Ids"/>
    public IReadOnlyList<string>? Accessions { get; internal set; }

    /// <summary>Each parameter that was given: alternatives.</summary>
    public List<IReadOnlyList<string>> Codes { get; } = [];

    /// <inheritdoc cref="Codes"/>
    public List<IReadOnlyList<string>> Categories { get; } = [];

    public List<DateBound> Dates { get; } = [];

    public List<DateBound> LastUpdated { get; } = [];

    public List<Inclusion> Includes { get; } = [];

    public List<Inclusion> ReverseIncludes { get; } = [];

    /// <summary>The elements wanted of each match; null for all.</summary>
    public IReadOnlyList<string>? Elements { get; internal set; }

    public RecordOrder Order { get; internal set; } = RecordOrder.NewestEntry;

    public bool CountOnly { get; internal set; }

    public int Count { get; internal set; } = DefaultCount;

    /// <summary>The cursor as the client sent it, still sealed.</summary>
    public string? SealedCursor { get; internal set; }

    /// <summary>The parameters in force, escaped and in a fixed order, without the cursor.</summary>
    public string Canonical { get; internal set; } = "";

    /// <summary>Names of the parameters in force, for the audit.</summary>
    public IReadOnlyList<string> Names { get; internal set; } = [];

    /// <summary>Unknown parameters that the client asked to have passed over.</summary>
    public List<Issue> PassedOver { get; } = [];

    /// <summary>True where the parameters exclude each other.</summary>
    public bool Impossible => Ids is { Count: 0 } || Statuses is { Count: 0 } || Accessions is { Count: 0 };

    /// <summary>Who asks for what, as a cursor is bound to it.</summary>
    public string BindingOf(FhirRequest request, string target) => $"{request.Principal.Role}\n{request.Principal.Name}\n{target}\n{Canonical}";

    /// <summary>Type and names of the parameters; their values can be patient data.</summary>
    public string AuditTarget(ResourceType type) => Names.Count == 0 ? type.Name : $"{type.Name}?{string.Join(',', Names)}";

    public RecordQuery ToQuery(string type, string? personId, IReadOnlySet<SharingCategory>? permitted, string? after) => new(
        type, personId, Ids ?? [], Codes, Categories, Statuses ?? [], Dates, LastUpdated, permitted, CountOnly ? 1 : Count, after, Order) { Accessions = Accessions ?? [] };
}
