using System.Text;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Hl7v2.Er7;
using EHealthPlus.Transformers.Hl7v2ToFhir;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir;

/// <summary>Invariant 5: each populated leaf is mapped, carried or dropped by a named rule, and the counts add up.</summary>
public class LedgerTests
{
    private readonly Hl7v2Translator translator = new();

    [Fact]
    public void CountsAddUpOverTheCorpus()
    {
        var translated = 0;
        foreach (var (name, bytes) in Translating.Corpus())
        {
            var result = translator.Translate(bytes, Translating.Context());
            if (!result.Accepted)
            {
                Assert.True(result.Rejection.Code is RejectionCode.MessageTypeUnsupported or RejectionCode.TriggerEventUnsupported, $"{name}: {result.Rejection}");
                continue;
            }

            translated++;
            AddsUp(name, bytes, result.Value);
        }

        Assert.True(translated >= 3, $"Only {translated} of the corpus are translated");
    }

    [Fact]
    public void CountsAddUpOverMutatedMessages()
    {
        var random = new Random(20260102);
        var messages = Translating.Corpus().Where(message => translator.Translate(message.Bytes, Translating.Context()).Accepted).ToList();
        for (var round = 0; round < 400; round++)
        {
            var (name, bytes) = messages[random.Next(messages.Count)];
            var mutated = Mutate(bytes, random);
            var result = translator.Translate(mutated, Translating.Context("+08:00"));
            if (result.Accepted) AddsUp($"{name} round {round}", mutated, result.Value);
            else Assert.NotEqual(RejectionCode.InternalFault, result.Rejection.Code);
        }
    }

    [Fact]
    public void ChangingAnyLeafChangesTheOutputOrTheLedger()
    {
        var original = Encoding.UTF8.GetBytes(Translating.Message(
            "ORU^R01^ORU_R01", Translating.Patient, "ORC|RE|P1^EHR|F1^LAB|G1|CM||||||||D001^TESTDOCTOR^ONE^^^Dr", "NTE|1|L|on the order",
            "OBR|1|P1^EHR|F1^LAB|58410-2^CBC^LN|||20260102020000+0800|||||||||D001^TESTDOCTOR^ONE||||||20260102030000+0800||HM|F",
            "OBX|1|NM|718-7^Hemoglobin^LN||13.5|g/dL^g/dL^UCUM|12.0-16.0|N|||F|||20260102023000+0800||D002^TESTDOCTOR^TWO", "NTE|1|L|seen&checked^twice",
            "OBX|2|SN|1-1^Titre^L||^1^:^128", "OBX|3|CWE|2-2^Culture^L||3^Coli^SCT~4^Other^SCT", "SPM|1|S1&LAB^S2&LAB||BLD^Blood^HL70487|||||||||||||20260102010000"));
        var leaves = Leaves(original);
        var before = translator.Translate(original, Translating.Context()).Value;
        var known = Describe(before);
        for (var number = 2; number < leaves.Length; number++)
        {
            var leaf = leaves[number];
            byte[] changed = [.. original.AsSpan(0, leaf.Offset + leaf.Length), (byte)'7', .. original.AsSpan(leaf.Offset + leaf.Length)];
            var result = translator.Translate(changed, Translating.Context());
            if (result.Accepted) Assert.True(known != Describe(result.Value), $"Leaf {leaf} can change unseen");
        }
    }

    [Fact]
    public void EveryRowSaysWhereOrWhy()
    {
        foreach (var (name, bytes) in Translating.Corpus())
        {
            var result = translator.Translate(bytes, Translating.Context());
            if (!result.Accepted) continue;
            foreach (var row in result.Value.Ledger.Rows())
            {
                if (row.Disposition == LedgerDisposition.Mapped) Assert.True(row.Path.Count > 0, $"{name} {row.Location}");
                else Assert.False(string.IsNullOrEmpty(row.Rule), $"{name} {row.Location}");
            }
        }
    }

    [Fact]
    public void PathsLeadToTheValue()
    {
        var translation = Translating.Translate(Translating.Result("OBX|1|NM|718-7^Hemoglobin^LN||13.50|g/dL^g/dL^UCUM|||||F"));
        Assert.Equal(["Patient.name[0].family"], translation.Row("PID[1]-5[1].1.1").Path);
        Assert.Equal(["Observation.valueQuantity.value"], translation.Row("OBX[1]-5[1].1.1").Path);
        Assert.Equal("13.50", translation.Resource("Observation").At("valueQuantity/value"));
        Assert.Equal(LedgerDisposition.Dropped, translation.Row("PID[1]-1[1].1.1").Disposition);
        Assert.Equal(LedgerDisposition.Carried, translation.Row("MSH[1]-12[1].1.1").Disposition);
    }

    private static void AddsUp(string name, byte[] bytes, Translation translation)
    {
        var ledger = translation.Ledger;
        var rows = ledger.Rows().ToList();
        Assert.True(rows.Count == Leaves(bytes).Length, $"{name}: {rows.Count} rows for {Leaves(bytes).Length} leaves");
        Assert.Equal(ledger.Mapped, rows.Count(row => row.Disposition == LedgerDisposition.Mapped));
        Assert.Equal(ledger.Carried, rows.Count(row => row.Disposition == LedgerDisposition.Carried));
        Assert.Equal(ledger.Dropped, rows.Count(row => row.Disposition == LedgerDisposition.Dropped));
        Assert.Equal(rows.Count, ledger.Mapped + ledger.Carried + ledger.Dropped);
    }

    private static string Describe(Translation translation) =>
        Encoding.UTF8.GetString(translation.Bundle.Span) + string.Join('\n', translation.Ledger.Rows().Select(row => $"{row.Location} {row.Value} {row.Disposition} {row.Rule}"));

    private static Leaf[] Leaves(byte[] bytes)
    {
        var message = Er7Message.Read(bytes);
        Assert.True(message.Accepted);
        Leaf[] leaves = [];
        var count = message.Value.ReadLeaves(ref leaves);
        return leaves[..count];
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        var mutated = bytes.ToList();
        for (var change = random.Next(1, 6); change > 0; change--)
        {
            // Behind MSH-2, which says how to read all the rest.
            var at = random.Next(12, mutated.Count);
            switch (random.Next(3))
            {
                case 0: mutated.RemoveAt(at); break;
                case 1: mutated.Insert(at, (byte)"|^~&\\\r\"0A "[random.Next(10)]); break;
                default: mutated[at] = (byte)random.Next(0x20, 0x7F); break;
            }
        }

        return [.. mutated];
    }
}
