using System.Globalization;

// One step up from the folder: every room speaks of deposits.
namespace EHealthPlus.Routing.Contracts;

/// <summary>Number of a deposit, given by the journal in the order of commit, from 1.</summary>
public readonly record struct DepositId(long Value)
{
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
