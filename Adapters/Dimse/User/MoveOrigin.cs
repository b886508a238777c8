namespace EHealthPlus.Adapters.Dimse.User;

/// <summary>The C-MOVE that a C-STORE is a sub-operation of (PS3.7-2024 9.1.1.1).</summary>
internal sealed record MoveOrigin(string AeTitle, ushort MessageId);
