using System.Text;
using EHealthPlus.Transformers.Fhir.Ids;

namespace EHealthPlus.Tests.Transformers.Fhir;

public class StableIdTests
{
    [Fact]
    public void IsTheFirstHalfOfSha256()
    {
        Span<byte> id = stackalloc byte[StableId.Length];
        StableId.Write("abc"u8, id);
        // FIPS 180-4 example: SHA-256 of "abc" is ba7816bf 8f01cfea 414140de 5dae2223 ...
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223", Encoding.ASCII.GetString(id));
        StableId.Write("abc"u8, id);
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223", Encoding.ASCII.GetString(id));
    }

    [Fact]
    public void APartIsToldApartByFnv1a()
    {
        Span<byte> id = stackalloc byte[StableId.PartLength - StableId.Length];
        // The authors' test vector for FNV-1a with 64 bits: "foobar" is 85944171f73967e8.
        StableId.WritePart("foobar"u8, id);
        Assert.Equal("85944171f73967e8", Encoding.ASCII.GetString(id));
    }
}
