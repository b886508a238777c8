using System.Text.Encodings.Web;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Messages;

namespace EHealthPlus.Endpoints.Cli.Messages;

/// <summary>NAME.ledger.json: the counts, and one row for each populated leaf of the message in its order.</summary>
public static class LedgerFile
{
    public static void Write(ILedger ledger, Stream output)
    {
        using var json = new Utf8JsonWriter(output, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteStartObject("counts");
        json.WriteNumber("leaves", ledger.Mapped + ledger.Carried + ledger.Dropped);
        json.WriteNumber("mapped", ledger.Mapped);
        json.WriteNumber("carried", ledger.Carried);
        json.WriteNumber("dropped", ledger.Dropped);
        json.WriteEndObject();
        json.WriteStartArray("rows");
        foreach (var row in ledger.Rows()) Write(row, json);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(LedgerRow row, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("location", row.Location.ToString());
        json.WriteString("value", row.Value);
        json.WriteString("disposition", row.Disposition switch
        {
            LedgerDisposition.Mapped => "mapped",
            LedgerDisposition.Carried => "carried",
            _ => "dropped",
        });
        if (row.Path.Count > 0)
        {
            json.WriteStartArray("path");
            foreach (var path in row.Path) json.WriteStringValue(path);
            json.WriteEndArray();
        }

        if (row.Rule is not null) json.WriteString("rule", row.Rule);
        json.WriteEndObject();
    }
}
