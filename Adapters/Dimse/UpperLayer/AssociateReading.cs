using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.Dimse.UpperLayer;

/// <summary>Reads the variable field of A-ASSOCIATE-RQ and -AC. Items that the standard does not name are passed over, as it asks for.</summary>
internal static class AssociateReading
{
    private const int MaxContexts = 128;

    /// <returns>Rejection ProtocolDataUnitInvalid where the items do not fit in each other, or a presentation context is not as it must be.</returns>
    public static Result<AssociateRequest> Request(ReadOnlySpan<byte> bytes)
    {
        var reader = new ItemReader(bytes);
        var (version, called, calling) = Head(ref reader);
        var (application, user, contexts) = ("", new UserInformation(), new List<ProposedContext>());
        var seen = new HashSet<byte>();
        while (!reader.AtEnd)
        {
            var type = reader.Item(out var content);
            if (type == ItemType.ApplicationContext) application = ItemReader.Text(content);
            if (type == ItemType.UserInformation && UserInformationReading.Read(content, out user) is { } damaged) return damaged;
            if (type != ItemType.ProposedContext) continue;
            if (Proposed(content) is not { } context) return Invalid("A presentation context is cut off");
            if (context.Id % 2 == 0 || !seen.Add(context.Id)) return Invalid("The id of a presentation context is even, or stands there twice");
            if (context.AbstractSyntax.Length == 0 || context.TransferSyntaxes.Count == 0) return Invalid("A presentation context has no abstract syntax, or no transfer syntax");
            contexts.Add(context);
            if (contexts.Count > MaxContexts) return Invalid("More than 128 presentation contexts");
        }

        return reader.Damaged || contexts.Count == 0
            ? Invalid("The items of the A-ASSOCIATE-RQ are cut off, or hold no presentation context")
            : new AssociateRequest(version, called, calling, application, contexts, user);
    }

    public static Result<AssociateAccept> Accept(ReadOnlySpan<byte> bytes)
    {
        var reader = new ItemReader(bytes);
        var (_, called, calling) = Head(ref reader);
        var (application, user, contexts) = ("", new UserInformation(), new List<AnsweredContext>());
        while (!reader.AtEnd)
        {
            var type = reader.Item(out var content);
            if (type == ItemType.ApplicationContext) application = ItemReader.Text(content);
            if (type == ItemType.UserInformation && UserInformationReading.Read(content, out user) is { } damaged) return damaged;
            if (type == ItemType.AnsweredContext) contexts.Add(Answered(content));
        }

        return reader.Damaged
            ? Invalid("The items of the A-ASSOCIATE-AC are cut off")
            : new AssociateAccept(called, calling, application, contexts, user);
    }

    private static (ushort Version, string Called, string Calling) Head(ref ItemReader reader)
    {
        var version = reader.Short();
        reader.Take(2);
        var called = ItemReader.Text(reader.Take(16));
        var calling = ItemReader.Text(reader.Take(16));
        reader.Take(32);
        return (version, called, calling);
    }

    private static ProposedContext? Proposed(ReadOnlySpan<byte> bytes)
    {
        var reader = new ItemReader(bytes);
        var id = reader.Byte();
        reader.Take(3);
        var (abstractSyntax, transferSyntaxes) = ("", new List<string>());
        while (!reader.AtEnd)
        {
            var type = reader.Item(out var content);
            if (type == ItemType.AbstractSyntax) abstractSyntax = ItemReader.Text(content);
            if (type == ItemType.TransferSyntax) transferSyntaxes.Add(ItemReader.Text(content));
        }

        return reader.Damaged ? null : new(id, abstractSyntax, transferSyntaxes);
    }

    private static AnsweredContext Answered(ReadOnlySpan<byte> bytes)
    {
        var reader = new ItemReader(bytes);
        var id = reader.Byte();
        reader.Byte();
        var result = (ContextResult)reader.Byte();
        reader.Byte();
        var transferSyntax = "";
        if (!reader.AtEnd && reader.Item(out var content) == ItemType.TransferSyntax) transferSyntax = ItemReader.Text(content);
        return new(id, reader.Damaged ? ContextResult.NoReason : result, transferSyntax);
    }

    private static Rejection Invalid(string what) => new(RejectionCode.ProtocolDataUnitInvalid, what);
}
