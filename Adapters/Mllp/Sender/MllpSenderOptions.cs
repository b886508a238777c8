using EHealthPlus.Routing.Contracts.Tls;

namespace EHealthPlus.Adapters.Mllp.Sender;

/// <summary>Where and how an <see cref="MllpSender"/> sends.</summary>
public sealed record MllpSenderOptions
{
    public required string Host { get; init; }

    /// <summary>2575 is the registered port of hl7 (IANA).</summary>
    public required int Port { get; init; }

    /// <summary>Null for plain TCP.</summary>
    public CallerTls? Tls { get; init; }

    /// <summary>Messages sent ahead of their answers. With 1 a message that fails never overtakes another.</summary>
    public int Window { get; init; } = 1;

    /// <summary>Time for TCP and TLS to be set up.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time from sending a message to its answer; over it the connection is given up.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a message is tried. The receiver knows a repeat by MSH-10.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>Pause before the second attempt; each further one doubles it.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(200);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest answer. In bytes.</summary>
    public int MaxAnswerBytes { get; init; } = 1024 * 1024;

    /// <summary>
    /// Set for enhanced mode (HL7 v2.8.2 2.9.3): gets the AA, AE and AR that follow accept acknowledgements; the answer of a message is then
    /// its CA, CE or CR. It must not throw or block. Null for original mode, where AA, AE or AR is the answer.
    /// </summary>
    public Action<ReadOnlyMemory<byte>>? ApplicationAnswer { get; init; }
}
