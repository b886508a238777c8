using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Http;

namespace EHealthPlus.Monitoring.Console.Access;

/// <summary>A form that was not acted on, to be shown again with what was filled in.</summary>
/// <param name="Name">Which of its page's forms.</param>
internal sealed record RefusedForm(string Name, IFormCollection Fields, Rejection Rejection)
{
    /// <returns>Empty where another form was refused, or none.</returns>
    public static string Typed(RefusedForm? refused, string name, string field) => refused?.Name == name ? refused.Fields[field].ToString() : "";

    public static int StatusOf(RefusedForm? refused) => refused is null ? StatusCodes.Status200OK : RejectionTable.Of(refused.Rejection.Code).HttpStatus;
}
