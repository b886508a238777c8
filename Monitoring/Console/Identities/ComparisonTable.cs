using System.Globalization;
using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Identity;

namespace EHealthPlus.Monitoring.Console.Identities;

/// <summary>Side by side: one column for what was stated, one for each candidate, one line for each index field.</summary>
internal static class ComparisonTable
{
    /// <param name="chosen">Id of the candidate that is chosen already, or another word.</param>
    public static void Write(HtmlBuilder html, IdentityReview review, IReadOnlyList<Candidate> candidates, string chosen)
    {
        var stated = review.Stated;
        var open = review.State == ReviewState.Open;
        html.Add($"""<table class="comparison"><thead><tr><td></td><th scope="col">{IdentityWords.StatedBy.With(stated.SourceId)}</th>""");
        for (var at = 0; at < candidates.Count; at++)
        {
            var person = candidates[at].Person;
            html.Add($"""<th scope="col"><a href="/persons/{person.Id}">{IdentityWords.Candidate.With(at + 1)}</a>""");
            if (open) html.Add($"""<label class="choice"><input type="radio" name="person" value="{person.Id}" data-choice="{at + 1}"{new Html(person.Id == chosen ? " checked" : "")}> {IdentityWords.Choose}</label>""");
            else if (review.Decision?.PersonId == person.Id) html.Add($""" <span class="chip delivered">{IdentityWords.Linked}</span>""");
            html.Add($"""</th>""");
        }

        html.Add($"""</tr></thead><tbody>""");
        Line(html, IdentityWords.Number, IndexField.Document, Numbers(stated, document: true), candidates, person => person.DocumentNumber);
        Line(html, IdentityWords.Name, IndexField.Name, string.Join(" / ", stated.Names.Select(name => $"{name.Family} {name.Given}".Trim())), candidates, person => $"{person.FamilyName} {person.GivenName} {person.ChineseName}");
        Line(html, IdentityWords.Sex, IndexField.Sex, Sex(stated.Sex, html.Language), candidates, person => IdentityWords.Of(person.Sex).In(html.Language));
        Line(html, IdentityWords.BirthDate, IndexField.BirthDate, Day(stated.BirthDate), candidates, person => person.BirthDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        html.Add($"""<tr><th scope="row">{IdentityWords.OtherNumbers}</th><td>{Numbers(stated, document: false)}</td>""");
        foreach (var _ in candidates) html.Add($"""<td></td>""");
        html.Add($"""</tr><tr><th scope="row">{IdentityWords.Assurance}</th><td></td>""");
        foreach (var candidate in candidates) html.Add($"""<td>{IdentityWords.Of(candidate.Person.Assurance.Document)}</td>""");
        html.Add($"""</tr><tr><th scope="row">{IdentityWords.Weight}</th><td></td>""");
        foreach (var candidate in candidates) html.Add($"""<td>{IdentityWords.Bits.With(candidate.Weight.ToString("0.0", CultureInfo.InvariantCulture), candidate.Probability.ToString("P1", CultureInfo.InvariantCulture))}</td>""");
        html.Add($"""</tr></tbody></table>""");
    }

    private static void Line(HtmlBuilder html, Phrase name, IndexField field, string stated, IReadOnlyList<Candidate> candidates, Func<Person, string> value)
    {
        html.Add($"""<tr><th scope="row">{name}</th><td><b>{(stated.Length == 0 ? "–" : stated)}</b></td>""");
        foreach (var candidate in candidates)
        {
            var agreement = candidate.Fields.FirstOrDefault(each => each.Field == field)?.Agreement ?? FieldAgreement.NotStated;
            html.Add($"""<td class="{ClassOf(agreement)}"><b>{value(candidate.Person)}</b> <small>{IdentityWords.Of(agreement)}</small></td>""");
        }

        html.Add($"""</tr>""");
    }

    private static string ClassOf(FieldAgreement agreement) => agreement switch
    {
        FieldAgreement.Same => "same",
        FieldAgreement.Differs => "differs",
        FieldAgreement.NotStated => "unstated",
        _ => "near",
    };

    private static string Numbers(StatedIdentity stated, bool document) => string.Join(
        ", ",
        stated.Identifiers.Where(identifier => stated.LocalNumbers.Any(local => local.Value == identifier.Value && local.AssigningAuthority == identifier.AssigningAuthority) != document)
            .Select(identifier => identifier.Value));

    // HL7 table 0001; another code is shown as it came.
    private static string Sex(string code, Language language) => code switch
    {
        "F" => IdentityWords.Female.In(language),
        "M" => IdentityWords.Male.In(language),
        "O" => IdentityWords.OtherSex.In(language),
        "U" => IdentityWords.UnknownSex.In(language),
        _ => code,
    };

    public static string Day(string date) => date.Length >= 8 ? $"{date[..4]}-{date[4..6]}-{date[6..8]}" : date;
}
