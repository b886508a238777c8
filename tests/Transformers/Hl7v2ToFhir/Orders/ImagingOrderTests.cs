using System.Text;
using System.Text.Json;
using EHealthPlus.Routing.Contracts.Messages;
using EHealthPlus.Routing.Contracts.Record;
using EHealthPlus.Transformers.Fhir.Indexing;
using EHealthPlus.Transformers.Fhir.Merging;

namespace EHealthPlus.Tests.Transformers.Hl7v2ToFhir.Orders;

/// <summary>What an order for images says of the examination, in the segments of each version: IPC, OBR as IHE uses it, and ZDS.</summary>
public class ImagingOrderTests
{
    private const string Ordered = "OBR|1|P7^HIS|F7^RIS|24627-2^CT Chest^LN||||||||||||||";

    [Fact]
    public void An_order_with_IPC_has_its_study_its_step_and_its_time()
    {
        var order = Order("OMI^O23^OMI_O23", "ORC|NW|P7^HIS", "TQ1|1||||||20261122090000+0800", $"{Ordered}||||||CT", "IPC|ACC7^RIS|RP7^RIS|1.2.840.7^RIS|SPS7^RIS|CT^^DCM||CT1^RIS||CT1_AE");

        Assert.Equal(new ScheduledExamination("1.2.840.7", "SPS7", "2026-11-22T09:00:00+08:00"), order.Entry("ServiceRequest").Index.Examination);
        Assert.Equal("CT1", order.Resource("ServiceRequest").At("performer/0/identifier/value"));
        Assert.Equal("CT1_AE", order.Resource("ServiceRequest").At("performer/0/display"));
    }

    [Fact]
    public void A_station_known_by_its_title_alone_is_called_by_it()
    {
        var order = Order("OMI^O23^OMI_O23", "ORC|NW|P7^HIS", Ordered, "IPC|ACC7|RP7|1.2.840.7|SPS7|CT|||ROOM 1|CT1_AE").Resource("ServiceRequest");

        Assert.Equal("CT1_AE", order.At("performer/0/display"));
        Assert.Null(order.At("performer/0/identifier"));
    }

    [Fact]
    public void An_older_order_says_it_in_OBR_and_ZDS()
    {
        var order = Order(
            "ORM^O01^ORM_O01", "ORC|NW|P7^HIS|||||^^^20261122090000+0800", $"{Ordered}ACC7|RP7|SPS7||||MR||||||||||T001&TECHNICIAN&SYNTHETIC", "ZDS|1.2.840.8^RIS^Application^DICOM");

        Assert.Equal(new ScheduledExamination("1.2.840.8", "SPS7", "2026-11-22T09:00:00+08:00"), order.Entry("ServiceRequest").Index.Examination);
        Assert.Equal("ACC7", order.Entry("ServiceRequest").Index.Accession);
        var request = order.Resource("ServiceRequest");
        Assert.Contains(request.GetProperty("identifier").EnumerateArray(), identifier => identifier.At("type/text") == "Requested procedure" && identifier.At("value") == "RP7");
        Assert.Equal($"Practitioner/{order.Entry("Practitioner").Id}", request.At("performer/0/reference"));
        Assert.Equal(LedgerDisposition.Mapped, order.Row("ZDS[1]-1[1].1.1").Disposition);
        Assert.Equal(LedgerDisposition.Mapped, order.Row("OBR[1]-20[1].1.1").Disposition);
    }

    [Theory]
    [InlineData("MR", true)]
    [InlineData("RAD", true)]
    [InlineData("DX", true)]
    [InlineData("HM", false)]
    [InlineData("PT", false)]
    public void The_department_alone_tells_an_order_for_images(string section, bool imaging)
    {
        var order = Order("OMG^O19^OMG_O19", "ORC|NW|P7^HIS", $"{Ordered}||||||{section}");
        Assert.Equal(imaging, order.Entry("ServiceRequest").Index.Examination is not null);
    }

    [Fact]
    public void A_report_is_no_order()
    {
        var report = Order("ORU^R01^ORU_R01", "ORC|RE|P7^HIS", "OBR|1|P7^HIS|F7^RIS|24627-2^CT Chest^LN|||20260102020000+0800||||||||||||||||CT|P", "OBX|1|TX|GDT||clear||||||P");
        Assert.Null(report.Entry("ServiceRequest").Index.Examination);
    }

    [Fact]
    public void An_update_that_names_the_order_shortly_leaves_its_numbers()
    {
        var order = Order("OMI^O23^OMI_O23", "ORC|NW|P7^HIS", "TQ1|1||||||20261122090000+0800", $"{Ordered}||||||CT", "IPC|ACC7^RIS|RP7^RIS|1.2.840.7^RIS|SPS7^RIS|CT^^DCM").Entry("ServiceRequest");
        var cancelled = Order("OMI^O23^OMI_O23", "ORC|CA|P7^HIS", Ordered).Entry("ServiceRequest");
        Assert.Equal(order.Id, cancelled.Id);

        var merged = new ResourceUpdate().Merge(order.Json, cancelled);

        Assert.Equal(("revoked", "ACC7"), (merged.Index.Status, merged.Index.Accession));
        Assert.Equal(order.Index.Examination, merged.Index.Examination);
        using var document = JsonDocument.Parse(merged.Json);
        Assert.Equal(merged.Index.Examination, JsonIndex.Of(document.RootElement, "ServiceRequest").Examination);
        Assert.Equal(2, Encoding.UTF8.GetString(merged.Json.Span).Split("\"F7\"").Length);
    }

    private static Translation Order(string type, params string[] segments) => Translating.Translate(Translating.Message(type, [Translating.Patient, .. segments]));
}
