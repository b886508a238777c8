using EHealthPlus.Transformers.Hl7v2ToFhir.Messages;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir;

/// <summary>What Hong Kong's senders would send: none of it may be refused for its type.</summary>
public class SupportedMessagesTests
{
    // SIU S25 is not there: HL7 gave that number to no notification (v2.8.2 10.4).
    [Theory]
    [InlineData("ADT", "A01 A02 A03 A04 A05 A06 A07 A08 A09 A10 A11 A12 A13 A17 A28 A29 A31 A34 A35 A36 A37 A40 A41 A42 A43 A44 A45 A47 A50 A60")]
    [InlineData("ORU", "R01 R30 R40")]
    [InlineData("OUL", "R21 R22 R23 R24")]
    [InlineData("ORM", "O01")]
    [InlineData("OML", "O21 O33 O35")]
    [InlineData("OMG", "O19")]
    [InlineData("OMP", "O09")]
    [InlineData("OMI", "O23")]
    [InlineData("ORR", "O02")]
    [InlineData("ORL", "O22 O34 O36")]
    [InlineData("RDE", "O11 O25")]
    [InlineData("RDS", "O13")]
    [InlineData("RGV", "O15")]
    [InlineData("RAS", "O17")]
    [InlineData("SIU", "S12 S13 S14 S15 S16 S17 S18 S19 S20 S21 S22 S23 S24 S26")]
    [InlineData("SRM", "S01 S02 S03 S04 S05 S06 S07 S08 S09 S10 S11")]
    [InlineData("SRR", "S01 S02 S03 S04 S05 S06 S07 S08 S09 S10 S11")]
    [InlineData("MDM", "T01 T02 T03 T04 T05 T06 T07 T08 T09 T10 T11")]
    [InlineData("VXU", "V04")]
    [InlineData("RSP", "K11")]
    [InlineData("QBP", "Q11")]
    [InlineData("REF", "I12 I13 I14 I15")]
    [InlineData("RRI", "I12 I13 I14 I15")]
    [InlineData("PPR", "PC1 PC2 PC3")]
    [InlineData("PGL", "PC6 PC7 PC8")]
    [InlineData("PPP", "PCB PCC PCD")]
    [InlineData("BAR", "P01 P02 P05 P06 P12")]
    [InlineData("DFT", "P03 P11")]
    [InlineData("CSU", "C09 C10 C11 C12")]
    [InlineData("MFN", "M02 M05")]
    public void The_type_is_translated_at_each_of_its_events(string code, string events) =>
        Assert.Empty(events.Split(' ').Select(trigger => $"{code}^{trigger}").Except(MessageStructures.All));
}
