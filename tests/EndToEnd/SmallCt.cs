using System.Text;
using EHealthPlus.Routing.Contracts.Imaging;
using EHealthPlus.Tests.Adapters.DicomWeb;
using EHealthPlus.Tests.EndToEnd.Running;

namespace EHealthPlus.Tests.EndToEnd;

/// <summary>Many CT instances of one citizen, quickly made: a slice's head with as many made-up bytes of pixels as asked for.</summary>
internal sealed class SmallCt
{
    // Tag, VR, reserved and length of the pixel data; that of the phantom's slice is cut off with its pixels.
    private const int PixelHead = 12;
    private const int PhantomPixels = SyntheticCt.Rows * SyntheticCt.Rows * 2;
    private const int FirstNumber = 100_000;

    private readonly byte[] head;
    private readonly int numberAt;
    private readonly int study;

    /// <param name="study">Four digits.</param>
    public SmallCt(int citizen, int study)
    {
        this.study = study;
        var first = KeyOf(0);
        head = CitizenCt.DataSet(citizen, first, 1, 1)[..^(PhantomPixels + PixelHead)];
        numberAt = head.AsSpan().IndexOf(Encoding.ASCII.GetBytes(first.SopInstanceUid)) + first.SopInstanceUid.Length - 6;
    }

    private SmallCt(SmallCt other, int study)
    {
        this.study = study;
        numberAt = other.numberAt;
        head = [.. other.head];
        var (before, after) = (Encoding.ASCII.GetBytes(other.StudyUid), Encoding.ASCII.GetBytes(StudyUid));
        for (int at; (at = head.AsSpan().IndexOf(before)) >= 0;) after.CopyTo(head, at);
    }

    public string StudyUid => SyntheticCt.Study(study);

    /// <summary>Another study of the same citizen, without making the phantom again.</summary>
    public SmallCt Another(int study) => new(this, study);

    public InstanceKey KeyOf(int number) => SyntheticCt.Key(study, 1, FirstNumber + number);

    /// <summary>The same bytes for the same number, as often as it is asked.</summary>
    public byte[] DataSet(int number, int pixelBytes)
    {
        var bytes = new byte[head.Length + PixelHead + pixelBytes];
        head.CopyTo(bytes, 0);
        Encoding.ASCII.GetBytes($"{FirstNumber + number}").CopyTo(bytes, numberAt);
        ((byte[])[0xE0, 0x7F, 0x10, 0x00, (byte)'O', (byte)'W', 0, 0, .. BitConverter.GetBytes(pixelBytes)]).CopyTo(bytes, head.Length);
        new Random((study * FirstNumber) + number).NextBytes(bytes.AsSpan(head.Length + PixelHead));
        return bytes;
    }

    public byte[] File(int number, int pixelBytes) => CitizenCt.File(KeyOf(number), DataSet(number, pixelBytes));
}
