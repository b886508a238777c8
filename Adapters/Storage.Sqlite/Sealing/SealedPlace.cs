using System.Buffers.Binary;
using System.Globalization;

namespace EHealthPlus.Adapters.Storage.Sqlite.Sealing;

/// <summary>Columns whose content is sealed. Part of what is authenticated: only appended.</summary>
internal enum SealedColumn : byte
{
    DepositBytes = 1,
    DepositAcknowledgement = 2,
    SagaAcknowledgement = 3,
    SagaBody = 4,
    RepairBytes = 5,
    ReviewStated = 6,
    StudyPatient = 7,
    StudyAttributes = 8,
    SeriesAttributes = 9,
    InstanceAttributes = 10,

    /// <summary>Sealed by Imaging/Objects/ObjectCipher.cs with a key that stands in the attributes: named here for those who are told of damage.</summary>
    InstanceObject = 11,
    StepContent = 12,
}

/// <summary>
/// Where sealed content stands. It is the associated data of the seal, so that content put into another row or column does not open.
/// </summary>
/// <param name="Row">Number of the deposit, review, study, series, instance or performed step.</param>
internal readonly record struct SealedPlace(SealedColumn Column, long Row)
{
    /// <summary>Bytes of the associated data.</summary>
    public const int Length = 9;

    /// <summary>Who is told of damage reads this: such as deposit 17, column bytes.</summary>
    public override string ToString()
    {
        var (table, column) = Column switch
        {
            SealedColumn.DepositBytes => ("deposit", "bytes"),
            SealedColumn.DepositAcknowledgement => ("deposit", "acknowledgement"),
            SealedColumn.SagaAcknowledgement => ("deposit", "saga acknowledgement"),
            SealedColumn.SagaBody => ("deposit", "body"),
            SealedColumn.RepairBytes => ("deposit", "repaired bytes"),
            SealedColumn.ReviewStated => ("review", "stated"),
            SealedColumn.StudyPatient => ("study", "patient"),
            SealedColumn.StudyAttributes => ("study", "attributes"),
            SealedColumn.SeriesAttributes => ("series", "attributes"),
            SealedColumn.InstanceAttributes => ("instance", "attributes"),
            SealedColumn.InstanceObject => ("instance", "object"),
            SealedColumn.StepContent => ("step", "content"),
            _ => throw new InvalidOperationException("A column without a name"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{table} {Row}, column {column}");
    }

    /// <summary>As the audit trail names it.</summary>
    public string Target => string.Create(CultureInfo.InvariantCulture, $"{ToString().Split(' ')[0]}:{Row}");

    public void Write(Span<byte> target)
    {
        target[0] = (byte)Column;
        BinaryPrimitives.WriteInt64BigEndian(target[1..], Row);
    }
}
