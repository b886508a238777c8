namespace EHealthPlus.Routing.Contracts.Rejections;

/// <summary>One refusal, as the sender will read it.</summary>
/// <param name="Detail">What was wrong, in English, without patient data: it goes to logs, to the sender and to the console.</param>
/// <param name="Location">The HL7 v2 field, where there is one.</param>
/// <param name="DetailChinese">The detail in Traditional Chinese, where it is told to people.</param>
public sealed record Rejection(RejectionCode Code, string Detail, FieldLocation? Location = null, string? DetailChinese = null)
{
    public override string ToString() =>
        Location is { } at ? $"{(int)Code} {Code} at {at}: {Detail}" : $"{(int)Code} {Code}: {Detail}";
}
