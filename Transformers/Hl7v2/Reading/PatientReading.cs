using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Hl7v2.Er7;
using EHealthPlus.Transformers.Hl7v2.Names;

namespace EHealthPlus.Transformers.Hl7v2.Reading;

/// <summary>Takes a patient from each PID (HL7 v2.8.2 3.4.2), and the numbers that he replaces from the MRG segments behind it (3.4.9).</summary>
internal static class PatientReading
{
    public static IReadOnlyList<PatientAsStated> Read(Er7Message message, string version)
    {
        Segment pid = message.First("PID");
        if (pid.IsAbsent) return [];
        var patients = new List<PatientAsStated>(1);
        Segment mrg = message.First("MRG");
        while (!pid.IsAbsent)
        {
            Segment next = message.First("PID", pid.Index + 1);
            List<StatedIdentifier> prior = [];
            // An MRG in front of all of them belongs to the first.
            for (; !mrg.IsAbsent && (next.IsAbsent || mrg.Index < next.Index); mrg = message.First("MRG", mrg.Index + 1)) AddIdentifiers(prior, mrg[1]);
            patients.Add(Patient(pid, version, prior, patients.Count + 1));
            pid = next;
        }

        return patients;
    }

    /// <summary>What orders the messages about the same patients of one source.</summary>
    public static string Key(IReadOnlyList<PatientAsStated> patients)
    {
        if (patients is [{ PriorIdentifiers: [], Identifiers: [var only] }]) return Key(only);
        // A message may state a million numbers.
        IEnumerable<string> keys = patients.SelectMany(patient => patient.Identifiers.Concat(patient.PriorIdentifiers)).Select(Key).Distinct(StringComparer.Ordinal);
        return string.Join(MessageEnvelope.PatientKeySeparator, keys);
    }

    private static PatientAsStated Patient(Segment pid, string version, List<StatedIdentifier> prior, int sequence)
    {
        var identifiers = new List<StatedIdentifier>(4);
        AddIdentifiers(identifiers, pid[3]);
        // The external and alternate id of old messages; v2.7 withdrew both.
        if (string.CompareOrdinal(version, "2.7") < 0)
        {
            AddIdentifiers(identifiers, pid[2]);
            AddIdentifiers(identifiers, pid[4]);
        }

        var names = new List<StatedName>(2);
        foreach (Element name in pid[5])
        {
            string family = name[1].Text;
            string given = GivenName(name);
            AddName(names, family, given, name[8].Text);
        }

        var stated = new PatientAsStated(identifiers, names, pid.Text(7), pid.Text(8), prior, sequence);
        return pid.Text(32).Length == 0 ? stated : stated with { Reliability = Codes(pid[32]) };
    }

    private static List<string> Codes(Field field)
    {
        var codes = new List<string>(1);
        foreach (Element code in field) codes.Add(code[1].Text);
        return codes;
    }

    // CHAN TAI MAN 陳大文 in one component is two names.
    private static void AddName(List<StatedName> names, string family, string given, string representation)
    {
        if (family.Length + given.Length == 0) return;
        var (latinFamily, chineseFamily) = Scripts(family);
        var (latinGiven, chineseGiven) = Scripts(given);
        if ((latinFamily.Length == 0 || chineseFamily.Length == 0) && (latinGiven.Length == 0 || chineseGiven.Length == 0))
        {
            names.Add(new StatedName(family, given, representation));
            return;
        }
        names.Add(new StatedName(latinFamily, latinGiven, "A"));
        names.Add(new StatedName(chineseFamily, chineseGiven, "I"));
    }

    private static (string Latin, string Chinese) Scripts(string part)
    {
        if (System.Text.Ascii.IsValid(part)) return (part, string.Empty);
        byte[] utf8 = System.Text.Encoding.UTF8.GetBytes(part);
        if (TwoScripts.TryTellApart(utf8, out ReadOnlySpan<byte> latin, out ReadOnlySpan<byte> chinese))
        {
            return (System.Text.Encoding.UTF8.GetString(latin), System.Text.Encoding.UTF8.GetString(chinese));
        }
        return TwoScripts.IsIdeographic(utf8) ? (string.Empty, part) : (part, string.Empty);
    }

    private static string Key(StatedIdentifier identifier) =>
        identifier.AssigningAuthority.Length == 0 ? identifier.Value : $"{identifier.Value}^{identifier.AssigningAuthority}";

    private static void AddIdentifiers(List<StatedIdentifier> identifiers, Field field)
    {
        foreach (Element identifier in field)
        {
            string value = identifier[1].Text;
            if (value.Length == 0) continue;
            Element authority = identifier[4];
            string name = authority[1].Text;
            identifiers.Add(new StatedIdentifier(value, name.Length > 0 ? name : authority[2].Text, identifier[5].Text, identifier.Location));
        }
    }

    /// <summary>XPN.2 and, where there is one, XPN.3: a given name of two characters comes in one or in both.</summary>
    private static string GivenName(Element name)
    {
        string given = name[2].Text;
        string further = name[3].Text;
        return further.Length == 0 ? given : given.Length == 0 ? further : $"{given} {further}";
    }
}
