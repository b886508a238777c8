using System.Globalization;
using EHealthPlus.Adapters.FhirRest.Conformance;
using EHealthPlus.Adapters.FhirRest.Exchange;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.FhirRest.Search;

/// <summary>Reads search parameters against the table of the type. What is not understood is refused: half a filter shows too much.</summary>
internal static class SearchReading
{
    private const int MostParameters = 40;
    private const int LongestValue = 2000;

    /// <param name="type">The type that is searched; null for an operation, which then takes paging only.</param>
    /// <returns>Rejections SearchParameterUnsupported, SearchParameterInvalid, with the parameter's name as expression.</returns>
    public static (SearchRequest? Search, Issue? Issue) Read(
        FhirRequest request, ResourceType? type, IReadOnlyList<KeyValuePair<string, string>> stated)
    {
        if (stated.Count > MostParameters) return (null, new(Invalid($"More than {MostParameters} parameters")));
        var search = new SearchRequest();
        var inForce = new List<KeyValuePair<string, string>>();
        foreach (var (name, value) in stated)
        {
            if (name == "_format") continue;
            var parameter = type?.Parameters.FirstOrDefault(known => known.Name == name);
            var shaping = type is { InRecord: true } && (name is "_sort" or "_elements" or "_include" or "_revinclude");
            if (parameter is null && !shaping && name is not ("_count" or "_summary" or "_cursor"))
            {
                var unknown = new Issue(new(RejectionCode.SearchParameterUnsupported, "The capability statement at /fhir/metadata lists the parameters of each type"), ExpressionOf(name));

                // A modifier changes the meaning of its parameter: passing over it would answer another question.
                if (!request.Lenient || name.Contains(':', StringComparison.Ordinal)) return (null, unknown);
                search.PassedOver.Add(unknown);
                continue;
            }

            var fault = value.Length is 0 or > LongestValue
                ? Invalid($"The value is empty or longer than {LongestValue} characters")
                : shaping ? ReadShape(search, type!, name, value)
                : parameter is null ? ReadPaging(search, name, value) : ReadParameter(search, request, parameter.Field, value);
            if (fault is not null) return (null, new(fault, ExpressionOf(name)));
            if (name != "_cursor") inForce.Add(new(name, value));
        }

        var ordered = inForce.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        search.Names = [.. ordered.Select(pair => pair.Key).Distinct(StringComparer.Ordinal)];
        search.Canonical = string.Join('&', ordered.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
        return (search, null);
    }

    private static Rejection? ReadShape(SearchRequest search, ResourceType type, string name, string value)
    {
        switch (name)
        {
            case "_sort":
                if (search.Order != RecordOrder.NewestEntry || InclusionReading.ReadOrder(type, value) is not { } order) return Invalid("One of date and _lastUpdated, with a hyphen before it for newest first");
                search.Order = order;
                return null;
            case "_elements":
                if (search.Elements is not null || InclusionReading.ReadElements(value) is not { } elements) return Invalid("Names of elements, given once, with commas between");
                search.Elements = elements;
                return null;
            default:
                if (InclusionReading.Read(type, value, reverse: name == "_revinclude") is not { } inclusion) return Invalid("Type:parameter, as the capability statement at /fhir/metadata lists them");
                (name == "_include" ? search.Includes : search.ReverseIncludes).Add(inclusion);
                return null;
        }
    }

    private static Rejection? ReadPaging(SearchRequest search, string name, string value)
    {
        switch (name)
        {
            case "_count":
                if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return Invalid("Not a number");
                search.CountOnly |= count == 0;
                search.Count = Math.Clamp(count, 1, SearchRequest.MostCount);
                return null;
            case "_summary":
                search.CountOnly |= value == "count";
                return value is "count" or "false" ? null : Invalid("Only _summary=count and _summary=false are supported");
            default:
                search.SealedCursor = value;
                return null;
        }
    }

    private static Rejection? ReadParameter(SearchRequest search, FhirRequest request, SearchField field, string value)
    {
        if (field is SearchField.Date or SearchField.LastUpdated)
        {
            // A list of dates would be an OR, which the record's index does not search.
            if (DateParameter.Parse(value) is not { } bound) return Invalid("One date as yyyy, yyyy-MM, yyyy-MM-dd or yyyy-MM-ddThh:mm:ss+zz:zz, after eq ne lt le gt ge sa eb");
            (field == SearchField.Date ? search.Dates : search.LastUpdated).Add(bound);
            return null;
        }

        if (field is SearchField.Family or SearchField.Given or SearchField.Gender or SearchField.BirthDate) return ReadDemographic(search, field, value);
        if (TokenParameter.Alternatives(value) is not { } alternatives) return Invalid("An alternative is empty, a backslash stands before an ordinary character, or there are too many");
        switch (field)
        {
            case SearchField.Id:
                if (!alternatives.All(FhirRequest.IsId)) return Invalid("Not a FHIR id");
                search.Ids = Both(search.Ids, alternatives);
                return null;
            case SearchField.Status:
                search.Statuses = Both(search.Statuses, [.. alternatives.Select(TokenParameter.CodeOf)]);
                return alternatives.All(TokenParameter.NamesCode) ? null : Invalid("A status is missing");
            case SearchField.Accession:
                search.Accessions = Both(search.Accessions, [.. alternatives.Select(TokenParameter.CodeOf)]);
                return alternatives.All(TokenParameter.NamesCode) ? null : Invalid("An accession number is missing");
            case SearchField.AgentName:
                if (alternatives.Count > 1 || search.AgentName is not null) return Invalid("One name");
                search.AgentName = alternatives[0];
                return null;
            case SearchField.Patient:
                return ReadPatient(search, request, alternatives);
            case SearchField.Identifier:
                return ReadIdentifier(search, alternatives);
            case SearchField.RegistrationNumber:
                if (alternatives.Count > 1 || search.RegistrationNumber is not null || !TokenParameter.NamesCode(alternatives[0])) return Invalid("One identifier as system|value");
                search.RegistrationNumber = alternatives[0];
                return null;
            case SearchField.Practitioner or SearchField.Organization:
                return ReadRegistered(search, request, field, alternatives);
            case SearchField.Code:
                search.Codes.Add(alternatives);
                break;
            default:
                search.Categories.Add(alternatives);
                break;
        }

        return alternatives.All(TokenParameter.NamesCode) ? null : Invalid("A token is system|code, |code or code");
    }

    private static Rejection? ReadDemographic(SearchRequest search, SearchField field, string value)
    {
        const string Once = "Given once, without commas";
        switch (field)
        {
            case SearchField.Family:
                if (search.Family is not null || value.Contains(',', StringComparison.Ordinal)) return Invalid(Once);
                search.Family = value;
                return null;
            case SearchField.Given:
                if (value.Contains(',', StringComparison.Ordinal)) return Invalid(Once);
                search.Given = search.Given is null ? value : $"{search.Given} {value}";
                return null;
            case SearchField.Gender:
                search.Gender = TokenParameter.CodeOf(value);
                return search.Gender is "female" or "male" or "other" ? null : Invalid("One of female, male, other");
            default:
                var day = value.StartsWith("eq", StringComparison.Ordinal) ? value[2..] : value;
                if (search.BirthDate is not null || !DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return Invalid("One whole day as yyyy-MM-dd");
                search.BirthDate = date;
                return null;
        }
    }

    private static Rejection? ReadPatient(SearchRequest search, FhirRequest request, IReadOnlyList<string> alternatives)
    {
        var id = alternatives[0];
        if (id.StartsWith(request.BaseUrl + "/", StringComparison.Ordinal)) id = id[(request.BaseUrl.Length + 1)..];
        if (id.StartsWith("Patient/", StringComparison.Ordinal)) id = id["Patient/".Length..];
        if (alternatives.Count > 1 || !FhirRequest.IsId(id) || (search.PatientId is { } named && named != id)) return Invalid("One Patient id of this interface");
        search.PatientId = id;
        return null;
    }

    private static Rejection? ReadRegistered(SearchRequest search, FhirRequest request, SearchField field, IReadOnlyList<string> alternatives)
    {
        var id = alternatives[0];
        if (id.StartsWith(request.BaseUrl + "/", StringComparison.Ordinal)) id = id[(request.BaseUrl.Length + 1)..];
        if (id.StartsWith($"{field}/", StringComparison.Ordinal)) id = id[($"{field}/".Length)..];
        var named = field == SearchField.Practitioner ? search.PractitionerId : search.OrganizationId;
        if (alternatives.Count > 1 || !FhirRequest.IsId(id) || named is not null) return Invalid($"One {field} id of this interface");
        if (field == SearchField.Practitioner) search.PractitionerId = id;
        else search.OrganizationId = id;
        return null;
    }

    private static Rejection? ReadIdentifier(SearchRequest search, IReadOnlyList<string> alternatives)
    {
        if (alternatives.Count > 1 || search.DocumentNumber is not null || !TokenParameter.NamesCode(alternatives[0])) return Invalid("One identifier as system|value");
        var ofCard = TokenParameter.SystemOf(alternatives[0]) is null or FhirSystems.HongKongIdentityCard;
        search.DocumentNumber = ofCard ? IdentityCardNumber.Normalise(TokenParameter.CodeOf(alternatives[0])) : "";
        return null;
    }

    private static IReadOnlyList<string> Both(IReadOnlyList<string>? before, IReadOnlyList<string> now) =>
        before is null ? now : [.. before.Intersect(now, StringComparer.Ordinal)];

    private static Rejection Invalid(string detail) => new(RejectionCode.SearchParameterInvalid, detail);

    // Only a name of ordinary shape is repeated to the client.
    private static string? ExpressionOf(string name) =>
        name.Length is > 0 and <= 64 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or ':') ? $"http.{name}" : null;
}
