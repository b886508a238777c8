using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Transformers.Hl7v2.Er7;

namespace EHealthPlus.Transformers.Hl7v2.Reading;

/// <summary>Takes the patient from the first PID (HL7 v2.8.2 3.4.2) and the number that it replaces from the first MRG (3.4.9).</summary>
internal static class PatientReading
{
    /// <returns>Null where the message has no PID.</returns>
    public static PatientAsStated? Read(Er7Message message, string version)
    {
        Segment pid = message.First("PID");
        if (pid.IsAbsent) return null;

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
            if (family.Length + given.Length > 0) names.Add(new StatedName(family, given, name[8].Text));
        }

        Segment mrg = message.First("MRG");
        List<StatedIdentifier> prior = [];
        if (!mrg.IsAbsent) AddIdentifiers(prior, mrg[1]);
        return new PatientAsStated(identifiers, names, pid.Text(7), pid.Text(8), prior);
    }

    /// <summary>What orders the messages about one patient of one source.</summary>
    public static string Key(PatientAsStated? patient) => patient is { Identifiers: [var first, ..] }
        ? first.AssigningAuthority.Length == 0 ? first.Value : $"{first.Value}^{first.AssigningAuthority}"
        : string.Empty;

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
