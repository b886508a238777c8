using System.Globalization;
using EHealthPlus.Routing.Contracts.Rejections;
using EHealthPlus.Transformers.Hl7v2.Writing;

namespace EHealthPlus.Transformers.Hl7v2.Acknowledgements;

/// <summary>ERR in its two forms (HL7 v2.8.2 2.14.5; before v2.5 all errors in one ERR-1).</summary>
internal static class ErrorSegment
{
    /// <summary>One ERR for each: where (ERR-2), table 0357 (ERR-3), severity, the hub's own number and name (ERR-5), what exactly (ERR-7), for people (ERR-8).</summary>
    public static void WriteEach(Er7Writer writer, IReadOnlyList<Rejection> rejections)
    {
        foreach (Rejection rejection in rejections)
        {
            RejectionMeaning meaning = RejectionTable.Of(rejection.Code);
            writer.Segment("ERR");
            if (rejection.Location is { } at)
            {
                writer.Field(2).Text(at.Segment);
                int[] numbers = [at.SegmentSequence, at.Field, at.Repetition, at.Component, at.Subcomponent];
                for (int i = 0; i < numbers.Length; i++)
                {
                    if (numbers[i] > 0) writer.Component(i + 2).Text(Number(numbers[i]));
                }
            }
            writer.Field(3).Text(meaning.Hl7Error).Component(2).Text(ErrorText(meaning.Hl7Error)).Component(3).Text("HL70357")
                .Field(4).Text("E")
                .Field(5).Text(Number((int)rejection.Code)).Component(2).Text(rejection.Code.ToString()).Component(3).Text("L")
                .Field(7).Text(rejection.Detail)
                .Field(8).Text(meaning.English);
        }
    }

    /// <summary>ERR-1 (ELD): segment, its sequence, field, and the code of table 0357; one repetition for each.</summary>
    public static void WriteTogether(Er7Writer writer, IReadOnlyList<Rejection> rejections)
    {
        for (int i = 0; i < rejections.Count; i++)
        {
            RejectionMeaning meaning = RejectionTable.Of(rejections[i].Code);
            if (i == 0) writer.Segment("ERR").Field(1);
            else writer.Repeat();
            if (rejections[i].Location is { } at)
            {
                writer.Text(at.Segment).Component(2).Text(Number(at.SegmentSequence));
                if (at.Field > 0) writer.Component(3).Text(Number(at.Field));
            }
            writer.Component(4).Text(meaning.Hl7Error)
                .Subcomponent(2).Text(ErrorText(meaning.Hl7Error))
                .Subcomponent(3).Text("HL70357")
                .Subcomponent(4).Text(Number((int)rejections[i].Code))
                .Subcomponent(5).Text(rejections[i].Code.ToString())
                .Subcomponent(6).Text("L");
        }
    }

    /// <summary>HL7 table 0357.</summary>
    private static string ErrorText(string code) => code switch
    {
        "100" => "Segment sequence error",
        "101" => "Required field missing",
        "102" => "Data type error",
        "103" => "Table value not found",
        "200" => "Unsupported message type",
        "201" => "Unsupported event code",
        "202" => "Unsupported processing id",
        "203" => "Unsupported version id",
        "204" => "Unknown key identifier",
        "205" => "Duplicate key identifier",
        "206" => "Application record locked",
        _ => "Application internal error",
    };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
