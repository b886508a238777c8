using System.Diagnostics.CodeAnalysis;

namespace EHealthPlus.Routing.Contracts.Rejections;

/// <summary>A value, or the reason why there is none. Expected bad input is answered with this, never with an exception.</summary>
public readonly struct Result<T>
{
    private readonly T? value;

    private Result(T? value, Rejection? rejection)
    {
        this.value = value;
        Rejection = rejection;
    }

    public Rejection? Rejection { get; }

    [MemberNotNullWhen(false, nameof(Rejection))]
    public bool Accepted => Rejection is null;

    /// <exception cref="InvalidOperationException">There is a rejection instead: ask <see cref="Accepted"/> first.</exception>
    public T Value => Rejection is null ? value! : throw new InvalidOperationException($"No value: {Rejection}");

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Rejection rejection) => new(default, rejection);
}
