namespace EHealthPlus.Routing.Contracts.Rejections;

/// <summary>A refusal where a port has no place for one: the store met content that it cannot open. Nothing of it was used.</summary>
public sealed class RejectedException(Rejection rejection) : IOException(rejection.ToString())
{
    public Rejection Rejection { get; } = rejection;
}
