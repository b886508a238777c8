namespace EHealthPlus.Tests.Compliance.Sqlite;

/// <summary>Two series of one study that come in turn, and say different things of it.</summary>
public sealed class SeriesInTurnTests : IAsyncLifetime
{
    private readonly SqliteUnderTest store = new();
    private int number;

    public async ValueTask InitializeAsync() => await store.OpenAsync();

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Theory]
    [InlineData("CT BRAIN", "")]
    [InlineData("CT BRAIN", "PET BRAIN")]
    public async Task The_study_is_sealed_again_only_when_one_says_something_new(string one, string other)
    {
        for (var turn = 0; turn < 2; turn++) await KeepBothAsync(one, other);
        var before = (Sealed("patient"), Sealed("attributes"));
        for (var turn = 0; turn < 3; turn++) await KeepBothAsync(one, other);
        Assert.Equal(before, (Sealed("patient"), Sealed("attributes")));

        await KeepAsync("2.25.1.1", "CT HEAD");
        Assert.NotEqual(before.Item2, Sealed("attributes"));
        Assert.Equal(before.Item1, Sealed("patient"));
        Assert.Contains("CT HEAD", await StudyAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_patient_number_is_counted_with_each_image_whichever_series_says_it()
    {
        for (var turn = 0; turn < 3; turn++)
        {
            await KeepAsync("2.25.1.1", "CT BRAIN");
            await KeepAsync("2.25.1.2", "CT BRAIN", patient: "T0002");
        }

        Assert.Equal("3", StoreContent.Ask(store.Folder, "SELECT conflicts FROM imaging_study"));
    }

    private async Task KeepBothAsync(string one, string other)
    {
        await KeepAsync("2.25.1.1", one);
        await KeepAsync("2.25.1.2", other);
    }

    private async Task KeepAsync(string series, string description, string patient = "T0001")
    {
        var instance = new SyntheticInstance($"2.25.9.{++number}") { SeriesInstanceUid = series, StudyDescription = description, PatientId = patient };
        Assert.True((await instance.KeepAsync(store.Instances)).Accepted);
    }

    private string Sealed(string column) => Convert.ToHexString(StoreContent.Blob(store.Folder, "imaging_study", "num", column, 1));

    private async Task<string> StudyAsync()
    {
        var found = await store.Instances.QueryAsync(new(EHealthPlus.Routing.Contracts.Imaging.QueryLevel.Study, [], 0, 10), default);
        return string.Concat(found.Value.Single().Json.Select(level => System.Text.Encoding.UTF8.GetString(level.Span)));
    }
}
