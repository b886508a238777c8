using System.Runtime.CompilerServices;
using EHealthPlus.Tests.Golden.Messages;

namespace EHealthPlus.Tests.Agreement;

/// <summary>A segment of a message of the corpus, of the golden pairs or of Messages that a field is to be tried in.</summary>
/// <param name="Occurrence">Which one of its name it is, from 1.</param>
/// <param name="Resources">Types of the bundle that the message gives unchanged.</param>
/// <param name="IsOwn">True in a message that was written for the bench.</param>
public sealed record TestPlace(EditedMessage Message, int Segment, int Occurrence, string Event, IReadOnlySet<string> Resources, bool IsOwn);

/// <summary>Where each segment can be tried: every message that is translated.</summary>
public static class TestBench
{
    // What no golden message has, because no sender would say all of it at once.
    private static readonly IReadOnlyList<MessageFile> Own = [.. Directory.EnumerateFiles(Path.Combine(Here(), "Messages"), "*.hl7")
        .Order(StringComparer.Ordinal).Select(path => new MessageFile(Path.GetFileNameWithoutExtension(path), path))];

    private static readonly Dictionary<string, List<TestPlace>> Places = Gather();

    /// <summary>
    /// Places of a segment, each in another event or at another place of the grammar: first those of the bench's own messages, then those
    /// whose message makes the resource, then two that may come to.
    /// </summary>
    public static IEnumerable<TestPlace> For(string segment, string resource, int most)
    {
        var places = Places.GetValueOrDefault(segment, []).ToLookup(place => place.Resources.Contains(resource));
        return places[true].Where(place => place.IsOwn).Concat(InTurn(places[true].Where(place => !place.IsOwn)).Concat(places[false].Take(2)).Take(most));
    }

    /// <summary>One place of each event, then a second of each, and so on: an order is read otherwise in a result than in a request.</summary>
    private static IEnumerable<TestPlace> InTurn(IEnumerable<TestPlace> places) => places.GroupBy(place => place.Event)
        .SelectMany(trigger => trigger.Select((place, round) => (Place: place, Round: round))).OrderBy(place => place.Round).Select(place => place.Place);

    private static Dictionary<string, List<TestPlace>> Gather()
    {
        var places = new Dictionary<string, List<TestPlace>>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in Own.Concat(MessageFile.All))
        {
            if (EditedMessage.Of(file.Read()) is not { } message || Trial.Of(message) is not { } trial) continue;
            var types = trial.Walk.Types;
            var own = Own.Contains(file);
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
                if (seen.Add($"{trigger} {before} {name}") || own) (places.TryGetValue(name, out var known) ? known : places[name] = []).Add(new TestPlace(message, segment, occurrence, trigger, types, own));
            }
        }

        return places;
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
