using EHealthPlus.Routing.Contracts.Rejections;

namespace EHealthPlus.Adapters.Dimse.UpperLayer;

/// <summary>Reads the sub-items of the user information item.</summary>
internal static class UserInformationReading
{
    public static Rejection? Read(ReadOnlySpan<byte> bytes, out UserInformation user)
    {
        user = new UserInformation();
        var reader = new ItemReader(bytes);
        var (roles, extended, common) = (new List<RoleSelection>(), new List<ExtendedNegotiation>(), new List<CommonExtendedNegotiation>());
        while (!reader.AtEnd)
        {
            var type = reader.Item(out var content);
            var item = new ItemReader(content);
            switch (type)
            {
                case ItemType.MaxPduLength:
                    user = user with { MaxPduLength = item.Long() };
                    break;
                case ItemType.ImplementationClass:
                    user = user with { ImplementationClassUid = item.Rest() };
                    break;
                case ItemType.ImplementationVersion:
                    user = user with { ImplementationVersionName = item.Rest() };
                    break;
                case ItemType.OperationsWindow:
                    user = user with { Window = new(item.Short(), item.Short()) };
                    break;
                case ItemType.Role:
                    roles.Add(new(item.CountedText(), item.Byte() == 1, item.Byte() == 1));
                    break;
                case ItemType.Extended:
                    extended.Add(new(item.CountedText(), item.Remaining().ToArray()));
                    break;
                case ItemType.CommonExtended:
                    common.Add(new(item.CountedText(), item.CountedText()));
                    break;
                case ItemType.UserIdentity:
                    user = user with { Identity = new(item.Byte(), item.Byte() == 1) };
                    break;
                case ItemType.UserIdentityAnswer:
                    user = user with { IdentityConfirmed = true };
                    break;
            }

            if (item.Damaged || reader.Damaged) return new(RejectionCode.ProtocolDataUnitInvalid, "The user information of the association is cut off");
        }

        user = user with { Roles = roles, Extended = extended, CommonExtended = common };
        return null;
    }
}
