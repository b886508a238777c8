using Microsoft.AspNetCore.Http.Features;

namespace EHealthPlus.Monitoring.Console.Access;

/// <summary>How large a form may be.</summary>
internal static class FormLimits
{
    /// <summary>Three times the default frame limit of 10 MB: url encoding widens text.</summary>
    public const long MessageBytes = 32 * 1024 * 1024;

    public static readonly FormOptions Message = new()
    {
        BufferBody = false, ValueCountLimit = 16, ValueLengthLimit = (int)MessageBytes, BufferBodyLengthLimit = MessageBytes,
    };

    /// <summary>Of the forms that anybody may post, also before signing in.</summary>
    public const long SmallBytes = 16 * 1024;

    public static readonly FormOptions Small = new() { ValueCountLimit = 16, ValueLengthLimit = 4_096, BufferBodyLengthLimit = SmallBytes };
}
