using EHealthPlus.Adapters.Storage.Sqlite.Engine;
using EHealthPlus.Routing.Contracts.Record;

namespace EHealthPlus.Adapters.Storage.Sqlite.Record;

/// <summary>
/// Finds the other halves of an examination by accession number: of the same citizen and the same provider only, for two departments may well count alike.
/// What was entered in error is nobody's half.
/// </summary>
internal static class JoinedRows
{
    /// <summary>One examination has a few; a number that is used for everything must not make every read of the record a search.</summary>
    private const int Most = 20;

    private static readonly string Halves = StoredRows.Current($"""
        r.num IN (SELECT b.resource FROM accession a JOIN accession b ON b.number = a.number AND b.resource <> a.resource
          JOIN resource o ON o.num = a.resource JOIN resource h ON h.num = b.resource
          WHERE a.resource = ?1 AND a.number <> '' AND o.person > 0 AND h.person = o.person AND {ProviderOf("h")} = {ProviderOf("o")}
            AND h.type IN (SELECT num FROM symbol WHERE value IN ('ServiceRequest', 'ImagingStudy'))
            AND coalesce((SELECT value FROM symbol WHERE num = h.status), '') <> 'entered-in-error'
          ORDER BY b.resource LIMIT {Most}) ORDER BY r.num
        """);

    public static bool Has(string type) => type is "DiagnosticReport" or "ImagingStudy";

    /// <param name="number">Of a current resource of such a type.</param>
    public static IReadOnlyList<JoinedResource> Of(StoredRows rows, string type, long number)
    {
        List<JoinedResource> found = [];
        var halves = rows.Reader.Prepare(Halves).Bind(1, number);
        while (halves.Step())
        {
            var half = rows.Read(halves);
            if (half.Type == "ServiceRequest" || type == "DiagnosticReport") found.Add(new(half.Type, half.Id, half.Category));
        }

        return found;
    }

    /// <summary>Expression for the provider whose source sent a resource; null, which equals nothing, where the source is not registered.</summary>
    public static string ProviderOf(string row) =>
        $"(SELECT provider_id FROM source WHERE id = (SELECT value FROM symbol WHERE num = (SELECT source FROM deposit WHERE id = {row}.deposit)))";
}
