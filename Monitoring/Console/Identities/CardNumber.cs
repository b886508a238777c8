using EHealthPlus.Monitoring.Console.Access;
using EHealthPlus.Routing.Contracts.Identity;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.Extensions.DependencyInjection;

namespace EHealthPlus.Monitoring.Console.Identities;

/// <summary>An identity card number as it was typed into a form: with or without brackets, in any case.</summary>
internal static class CardNumber
{
    /// <summary>More than any number has.</summary>
    public const int Longest = 20;

    /// <summary>What the person index calls the type of the number.</summary>
    private const string Type = "HKID";

    /// <returns>The person; null where nobody has the number. Rejection 402 where it cannot be one, so that it was mistyped.</returns>
    public static async Task<Result<Person?>> FindAsync(Visit visit, string typed)
    {
        var number = string.Concat(typed.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        if (number.Length is > 0 and <= Longest && await visit.Get<IPersonStore>().FindByDocumentAsync(number, visit.Aborted) is { } person) return person;
        // The check character is the index's to know; a console that only shows images stands without one.
        return number.Length > 0 && visit.Http.RequestServices.GetService<IPersonIndex>() is { } index ? await index.FindAsync("", [new(number, "", Type, default)], visit.Aborted) : (Person?)null;
    }
}
