using System.Globalization;
using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Monitoring.Console.Messages;

/// <summary>What an HL7 v2 acknowledgement says, read for people. Written by this hub, so its delimiters are taken from MSH as they stand.</summary>
/// <param name="Code">MSA-1, HL7 table 0008.</param>
/// <param name="ControlId">MSA-2: which message is answered.</param>
internal sealed record AcknowledgementReading(string Code, string ControlId, IReadOnlyList<AcknowledgedError> Errors)
{
    /// <returns>Null where there is no MSA segment.</returns>
    public static AcknowledgementReading? Read(string text)
    {
        var segments = text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);
        if (segments.Length == 0 || segments[0].Length < 8) return null;
        var field = segments[0][3];
        var component = segments[0][4];
        var answer = segments.Select(segment => segment.Split(field)).FirstOrDefault(fields => fields[0] is "MSA" && fields.Length > 1);
        if (answer is null) return null;
        var errors = segments.Select(segment => segment.Split(field)).Where(fields => fields[0] is "ERR").Select(fields => AcknowledgedError.Read(fields, component));
        return new(answer[1], answer.ElementAtOrDefault(2) ?? "", [.. errors]);
    }
}

/// <summary>One ERR segment (HL7 v2.8.2 2.14.5).</summary>
/// <param name="Location">ERR-2 as PID-5.1, or empty.</param>
/// <param name="Hl7Code">ERR-3.1, HL7 table 0357; before v2.5 of ERR-1.4.</param>
/// <param name="Severity">ERR-4, HL7 table 0516.</param>
/// <param name="Number">ERR-5.1 where it is a number of the hub's table.</param>
internal sealed record AcknowledgedError(string Location, string Hl7Code, string Severity, RejectionCode? Number, string Text)
{
    public static AcknowledgedError Read(string[] fields, char component)
    {
        string Part(int field, int number) => (fields.ElementAtOrDefault(field) ?? "").Split(component).ElementAtOrDefault(number - 1) ?? "";
        var older = Part(2, 1).Length == 0 && Part(1, 1).Length > 0;
        var place = older ? 1 : 2;
        var location = Part(place, 1);
        if (location.Length > 0 && Part(place, 3) is { Length: > 0 } number) location += "-" + number;
        if (!older && Part(place, 5) is { Length: > 0 } inner) location += "." + inner;
        RejectionCode? code = int.TryParse(Part(5, 1), NumberStyles.None, CultureInfo.InvariantCulture, out var said) && Enum.IsDefined((RejectionCode)said) ? (RejectionCode)said : null;
        return new(location, older ? Part(1, 4).Split('&')[0] : Part(3, 1), Part(4, 1), code, Part(8, 1).Length > 0 ? fields[8] : Part(7, 1));
    }
}
