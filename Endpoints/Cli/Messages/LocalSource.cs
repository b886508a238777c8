using EHealthPlus.Routing.Contracts.Registry;

namespace EHealthPlus.Endpoints.Cli.Messages;

/// <summary>Stands for the registered source where a message is read without a hub.</summary>
public static class LocalSource
{
    /// <param name="characterSet">HL7 table 0211 code, used where MSH-18 is empty.</param>
    /// <param name="utcOffset">Given to times without one; null leaves them as dates.</param>
    public static Source Of(string characterSet, string? utcOffset) =>
        new("local", "local", "local", "", "", characterSet, utcOffset);
}
