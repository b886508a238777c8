namespace EHealthPlus.Tests.Security.Attacking;

/// <summary>What is put where a value is expected.</summary>
internal static class Hostile
{
    /// <summary>The value as a program would hold it, before it is escaped for an address, a form or JSON.</summary>
    public static readonly IReadOnlyList<string> Values =
    [
        "' OR '1'='1", "1'; DROP TABLE deposit;--", "1 UNION SELECT 1,2,3--", "\" OR \"\"=\"", "%' AND 1=1 --",
        "a\0b", "a\r\nSet-Cookie: taken=1", "a\nInjected: 1", "\t", "\u001b[31m",
        "../../../../etc/passwd", "..\\..\\hub.db", "/etc/passwd", "%2e%2e%2fhub.db", "....//",
        "<script>window.taken=1</script>", "\"><img src=x onerror=window.taken=1>", "javascript:window.taken=1", "{{7*7}}", "${jndi:ldap://127.0.0.1/a}",
        "\u202E\u0661\u200B", "\uFF07 OR 1", "\uD83D\uDE00", "\u0000\uFFFF", "İıſK",
        "-1", "0", "9223372036854775808", "-9223372036854775809", "1e309", "NaN", "0x10", "",
        "=cmd|' /C calc'!A0", "|", ",", "\\", "$", ":", "%", "%00", "a:b:c", "*", "(a+)+$",
        new('A', 3000), new('(', 1500), string.Concat(Enumerable.Repeat("a,", 1000)),
    ];
}
