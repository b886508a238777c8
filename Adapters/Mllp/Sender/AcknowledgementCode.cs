namespace EHealthPlus.Adapters.Mllp.Sender;

/// <summary>Tells accept from application acknowledgements, without reading more of the message than that takes.</summary>
internal static class AcknowledgementCode
{
    /// <returns>True where MSA-1 is AA, AE or AR (HL7 table 0008).</returns>
    public static bool IsApplication(ReadOnlySpan<byte> answer)
    {
        var msa = answer.IndexOf("\rMSA"u8);
        return msa >= 0 && answer.Length > msa + 5 && answer[msa + 5] == (byte)'A';
    }
}
