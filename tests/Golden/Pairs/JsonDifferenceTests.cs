namespace EHealthPlus.Tests.Golden.Pairs;

public sealed class JsonDifferenceTests
{
    [Fact]
    public void Each_place_that_differs_is_named_by_its_path()
    {
        var lines = JsonDifference.Between(
            """{"entry":[{"resource":{"resourceType":"Encounter","status":"planned","length":{"value":1.5},"gone":true}},{"x":1}]}""",
            """{"entry":[{"resource":{"resourceType":"Encounter","status":"finished","length":{"value":1.50},"new":"y"}}]}""");

        Assert.Equal(
            [
                "Bundle.entry[0].resource(Encounter).status: expected \"planned\", was \"finished\"",
                "Bundle.entry[0].resource(Encounter).length.value: expected 1.5, was 1.50",
                "Bundle.entry[0].resource(Encounter).gone: missing, expected true",
                "Bundle.entry[0].resource(Encounter).new: not expected, was \"y\"",
                "Bundle.entry[1]: missing, expected {\"x\":1}",
            ],
            lines);
    }

    [Fact]
    public void Equal_documents_differ_nowhere() =>
        Assert.Empty(JsonDifference.Between("""{"a":[1,{"b":null}]}""", """{ "a": [ 1, { "b": null } ] }"""));
}
