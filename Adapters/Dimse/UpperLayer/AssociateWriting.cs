using System.Buffers.Binary;
using System.Text;

namespace EHealthPlus.Adapters.Dimse.UpperLayer;

/// <summary>Writes whole association PDUs (PS3.8-2024 9.3.2 to 9.3.8). They are rare and small: an array each.</summary>
internal static class AssociateWriting
{
    public static byte[] Request(AssociateRequest request)
    {
        var body = Head(request.ProtocolVersion, request.CalledAeTitle, request.CallingAeTitle);
        Item(body, ItemType.ApplicationContext, request.ApplicationContext);
        foreach (var context in request.Contexts)
        {
            var content = new MemoryStream();
            content.Write([context.Id, 0, 0, 0]);
            Item(content, ItemType.AbstractSyntax, context.AbstractSyntax);
            foreach (var syntax in context.TransferSyntaxes) Item(content, ItemType.TransferSyntax, syntax);
            Item(body, ItemType.ProposedContext, content.ToArray());
        }

        Item(body, ItemType.UserInformation, User(request.User));
        return Pdu(PduType.AssociateRequest, body.ToArray());
    }

    public static byte[] Accept(AssociateAccept accept)
    {
        var body = Head(1, accept.CalledAeTitle, accept.CallingAeTitle);
        Item(body, ItemType.ApplicationContext, accept.ApplicationContext);
        foreach (var context in accept.Contexts)
        {
            var content = new MemoryStream();
            content.Write([context.Id, 0, (byte)context.Result, 0]);
            Item(content, ItemType.TransferSyntax, context.TransferSyntax);
            Item(body, ItemType.AnsweredContext, content.ToArray());
        }

        Item(body, ItemType.UserInformation, User(accept.User));
        return Pdu(PduType.AssociateAccept, body.ToArray());
    }

    public static byte[] Reject(AssociationRefusal refusal) =>
        Pdu(PduType.AssociateReject, [0, (byte)((int)refusal >> 16), (byte)((int)refusal >> 8), (byte)refusal]);

    public static byte[] Release(PduType type) => Pdu(type, [0, 0, 0, 0]);

    public static byte[] Abort(AbortCause cause) => Pdu(PduType.Abort, [0, 0, (byte)((ushort)cause >> 8), (byte)cause]);

    private static byte[] Pdu(PduType type, ReadOnlySpan<byte> body)
    {
        var pdu = new byte[6 + body.Length];
        pdu[0] = (byte)type;
        BinaryPrimitives.WriteUInt32BigEndian(pdu.AsSpan(2), (uint)body.Length);
        body.CopyTo(pdu.AsSpan(6));
        return pdu;
    }

    private static MemoryStream Head(ushort version, string called, string calling)
    {
        var body = new MemoryStream();
        body.Write([(byte)(version >> 8), (byte)version, 0, 0]);
        body.Write(Encoding.ASCII.GetBytes(called.PadRight(16)[..16]));
        body.Write(Encoding.ASCII.GetBytes(calling.PadRight(16)[..16]));
        body.Write(new byte[32]);
        return body;
    }

    private static byte[] User(UserInformation user)
    {
        var content = new MemoryStream();
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(length, user.MaxPduLength);
        Item(content, ItemType.MaxPduLength, length);
        Item(content, ItemType.ImplementationClass, user.ImplementationClassUid);
        if (user.Window is { } window)
        {
            Item(content, ItemType.OperationsWindow, [(byte)(window.Invoked >> 8), (byte)window.Invoked, (byte)(window.Performed >> 8), (byte)window.Performed]);
        }

        foreach (var role in user.Roles) Item(content, ItemType.Role, [.. Counted(role.SopClassUid), role.Scu ? (byte)1 : (byte)0, role.Scp ? (byte)1 : (byte)0]);
        if (user.ImplementationVersionName is { } version) Item(content, ItemType.ImplementationVersion, version);
        foreach (var extended in user.Extended) Item(content, ItemType.Extended, [.. Counted(extended.SopClassUid), .. extended.Information]);
        if (user.IdentityConfirmed) Item(content, ItemType.UserIdentityAnswer, [0, 0]);
        return content.ToArray();
    }

    private static byte[] Counted(string text) => [(byte)(text.Length >> 8), (byte)text.Length, .. Encoding.ASCII.GetBytes(text)];

    private static void Item(MemoryStream into, byte type, string text) => Item(into, type, Encoding.ASCII.GetBytes(text));

    private static void Item(MemoryStream into, byte type, ReadOnlySpan<byte> content)
    {
        into.Write([type, 0, (byte)(content.Length >> 8), (byte)content.Length]);
        into.Write(content);
    }
}
