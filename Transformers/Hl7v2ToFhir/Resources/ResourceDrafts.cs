using System.Runtime.InteropServices;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Building;
using EHealthPlus.Transformers.Hl7v2ToFhir.Ledger;
using EHealthPlus.Transformers.Hl7v2ToFhir.Reading;

namespace EHealthPlus.Transformers.Hl7v2ToFhir.Resources;

/// <summary>The resources of the message being translated: begun, given their ids, and folded where one is said twice.</summary>
public sealed class ResourceDrafts(Mapping mapping)
{
    private const int MostKept = 4 * 1024;

    private readonly List<ResourceDraft> drafts = [];
    // By the number of its id alone: the type is in what was hashed.
    private readonly Dictionary<UInt128, FhirNode> byId = [];
    private readonly Dictionary<UInt128, int> repeats = [];
    private readonly IdKey key = new();

    internal IReadOnlyList<ResourceDraft> All => drafts;

    internal void Clear()
    {
        drafts.Clear();
        byId.Clear();
        repeats.Clear();
        // A huge message must not leave its huge tables behind on the thread.
        if (drafts.Capacity > MostKept) drafts.TrimExcess();
        if (byId.Capacity > MostKept) byId.TrimExcess();
        if (repeats.Capacity > MostKept) repeats.TrimExcess();
    }

    /// <summary>Begins a resource of the citizen's record.</summary>
    public FhirNode Begin(string type, SharingCategory category, WriteMode mode = WriteMode.Replace) =>
        Begin(type, category, mode, aboutPatient: true);

    /// <summary>Begins a resource that is not about the patient: Practitioner, Organization, Location, MessageHeader.</summary>
    public FhirNode BeginShared(string type, WriteMode mode = WriteMode.Replace) => Begin(type, SharingCategory.None, mode, aboutPatient: false);

    /// <summary>
    /// Begins a Practitioner, Organization or Location that the message names in passing: it must not take the place of what a master file
    /// (MFN) told of it.
    /// </summary>
    public FhirNode BeginMentioned(string type) => BeginShared(type, WriteMode.CreateIfAbsent);

    /// <summary>
    /// Begins the key of an id. There is one at a time: finish it with <see cref="Own"/> or <see cref="Share"/>. What is about a citizen
    /// has the citizen in its key: where a source gives an old order or visit number out again, the record of another must not be hit.
    /// </summary>
    public IdKey Key(string type) =>
        key.Begin(mapping.Context.Source.Id, type, type is "Patient" or "Practitioner" or "PractitionerRole" or "Organization" or "Location" or "MessageHeader" or "OperationOutcome" or "Schedule" or "Slot" or "Device" or "ResearchStudy" ? null : mapping.SubjectId);

    /// <summary>The same for what the message itself is told by, its MessageHeader and its Provenance: parts of one whole, so one hash serves both.</summary>
    internal IdKey MessageKey(string type) => key.Begin(mapping.Context.Source.Id, type, null).Add(mapping.ControlId).Within();

    /// <summary>The same for what belongs to another resource alone, as an allergy to its patient: one hash serves all that belong to it.</summary>
    internal IdKey PartOf(FhirNode whole, string type) => Key(type).Add(whole.Utf8Of("id")).Within();

    /// <summary>Begins the key of an id with the parts of another.</summary>
    internal IdKey Key(string type, ReadOnlySpan<byte> parts) => key.Begin(parts, type);

    /// <summary>Gives a resource its id. Where the message has another under the same key, a number is added to the key.</summary>
    public void Own(FhirNode resource, IdKey given)
    {
        var id = given.Write(mapping.Arena, out var number);
        if (!byId.TryAdd(number, resource))
        {
            // Counted, for a message may say the same a thousand times over.
            var first = number;
            var again = repeats.GetValueOrDefault(first, 1);
            do id = given.WriteNumbered(mapping.Arena, ++again, out number);
            while (!byId.TryAdd(number, resource));
            repeats[first] = again;
        }

        SetId(resource, id);
    }

    /// <summary>Gives a resource its id, or folds it into the one that has it already. For what many messages name.</summary>
    /// <returns>The one that stays.</returns>
    public FhirNode Share(FhirNode resource, IdKey given) => Unite(resource, given.WriteRemembered(mapping.Arena, out var number), number);

    /// <summary>The same for what only a few messages name, such as a specimen or the patient himself: its id is not worth remembering.</summary>
    public FhirNode ShareOnce(FhirNode resource, IdKey given) => Unite(resource, given.Write(mapping.Arena, out var number), number);

    private FhirNode Unite(FhirNode resource, FhirText id, UInt128 number)
    {
        ref var survivor = ref CollectionsMarshal.GetValueRefOrAddDefault(byId, number, out var known);
        if (!known)
        {
            survivor = resource;
            SetId(resource, id);
            return resource;
        }

        if (survivor != resource) DuplicateResource.Fold(survivor, resource);
        return survivor;
    }

    /// <summary>Notes that the sender nulled ("") what an element of a resource would be mapped from: the record deletes it.</summary>
    /// <returns>True where the field was null.</returns>
    public bool Nulls(FhirNode resource, FieldValue field, string element)
    {
        if (!field.IsNull) return false;
        var draft = Of(resource);
        if (draft.Mode == WriteMode.Merge)
        {
            draft.Delete(element);
            field.Drop(DropRule.NullDeletes);
        }
        else
        {
            field.Note(CarryReason.NullWithoutRecord);
        }

        return true;
    }

    /// <summary>The same for the fields of a segment: which element each of them fills. A field that fills several stands there several times.</summary>
    internal void Nulls(FhirNode resource, SegmentValue segment, ReadOnlySpan<(int Field, string Element)> elements)
    {
        // Most messages have none.
        if (!mapping.Leaves.HasNull) return;
        foreach (var (field, element) in elements) Nulls(resource, segment[field], element);
    }

    /// <summary>Notes that the message, as it stands, takes an element of the record away: what it says takes another's place.</summary>
    internal void Deletes(FhirNode resource, string element) => Of(resource).Delete(element);

    /// <summary>Sets another category than the one that the type begins with.</summary>
    public void Categorise(FhirNode resource, SharingCategory category) => Of(resource).Category = category;

    internal ResourceDraft Of(FhirNode resource) => drafts.FindLast(draft => draft.Node == resource)
        ?? throw new ArgumentException("The resource was not begun here", nameof(resource));

    private FhirNode Begin(string type, SharingCategory category, WriteMode mode, bool aboutPatient)
    {
        var node = mapping.Arena.Resource(type);
        drafts.Add(new ResourceDraft { Node = node, Mode = mode, Category = category, AboutPatient = aboutPatient, PatientNumber = mapping.PatientNumber, AtPrior = mapping.AtPrior, SubjectId = aboutPatient ? mapping.SubjectId : null });
        return node;
    }

    // Alone an id makes no resource: what got no other value is not written.
    private static void SetId(FhirNode resource, FhirText id) => resource.ConstantText("id", id);
}
