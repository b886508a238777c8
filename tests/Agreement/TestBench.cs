using EHealthPlus.Tests.Golden.Messages;

namespace EHealthPlus.Tests.Agreement;

/// <summary>A segment of a message of the corpus or of the golden pairs that a field is to be tried in.</summary>
/// <param name="Occurrence">Which one of its name it is, from 1.</param>
/// <param name="Resources">Types of the bundle that the message gives unchanged.</param>
public sealed record TestPlace(EditedMessage Message, int Segment, int Occurrence, string Event, IReadOnlySet<string> Resources);

/// <summary>Where each segment can be tried: every message that is translated.</summary>
public static class TestBench
{
    private static readonly Dictionary<string, List<TestPlace>> Places = Gather();

    /// <summary>Places of a segment, each in another event or at another place of the grammar: first those whose message makes the resource, then two that may come to.</summary>
    public static IEnumerable<TestPlace> For(string segment, string resource)
    {
        var places = Places.GetValueOrDefault(segment, []).ToLookup(place => place.Resources.Contains(resource));
        return InTurn(places[true]).Concat(places[false].Take(2));
    }

    /// <summary>One place of each event, then a second of each, and so on: an order is read otherwise in a result than in a request.</summary>
    private static IEnumerable<TestPlace> InTurn(IEnumerable<TestPlace> places) => places.GroupBy(place => place.Event)
        .SelectMany(trigger => trigger.Select((place, round) => (Place: place, Round: round))).OrderBy(place => place.Round).Select(place => place.Place);

    private static Dictionary<string, List<TestPlace>> Gather()
    {
        var places = new Dictionary<string, List<TestPlace>>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in MessageFile.All)
        {
            if (EditedMessage.Of(file.Read()) is not { } message || Trial.Of(message) is not { } trial) continue;
            var types = trial.Walk.Types;
            var occurrences = new Dictionary<string, int>(StringComparer.Ordinal);
            var parent = "";
            for (var segment = 0; segment < message.Count; segment++)
            {
                var name = message.NameOf(segment);
                var occurrence = occurrences[name] = occurrences.GetValueOrDefault(name) + 1;
                var trigger = string.Join('^', message.Get(0, 9).Split('^').Take(2));
                var before = parent;
                if (name is not ("NTE" or "PRT" or "ROL")) parent = name;
                // The type of an OBX's value decides its map.
                if (seen.Add($"{trigger} {before} {name}")) (places.TryGetValue(name, out var known) ? known : places[name] = []).Add(new TestPlace(message, segment, occurrence, trigger, types));
            }
        }

        return places;
    }
}
