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

        Assert.Equal([new("1.2.840.7", "SPS7", "2026-11-22T09:00:00+08:00")], order.Entry("ServiceRequest").Index.Examinations);
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

        Assert.Equal([new("1.2.840.8", "SPS7", "2026-11-22T09:00:00+08:00")], order.Entry("ServiceRequest").Index.Examinations);
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
        Assert.Equal(imaging, order.Entry("ServiceRequest").Index.Examinations.Count == 1);
    }

    [Fact]
    public void A_report_is_no_order()
    {
        var report = Order("ORU^R01^ORU_R01", "ORC|RE|P7^HIS", "OBR|1|P7^HIS|F7^RIS|24627-2^CT Chest^LN|||20260102020000+0800||||||||||||||||CT|P", "OBX|1|TX|GDT||clear||||||P");
        Assert.Empty(report.Entry("ServiceRequest").Index.Examinations);
    }

    [Fact]
    public void An_update_that_names_the_order_shortly_leaves_its_numbers()
    {
        var order = Order("OMI^O23^OMI_O23", "ORC|NW|P7^HIS", "TQ1|1||||||20261122090000+0800", $"{Ordered}||||||CT", "IPC|ACC7^RIS|RP7^RIS|1.2.840.7^RIS|SPS7^RIS|CT^^DCM").Entry("ServiceRequest");
        var cancelled = Order("OMI^O23^OMI_O23", "ORC|CA|P7^HIS", Ordered).Entry("ServiceRequest");
        Assert.Equal(order.Id, cancelled.Id);

        var merged = new ResourceUpdate().Merge(order.Json, cancelled);

        Assert.Equal(("revoked", "ACC7"), (merged.Index.Status, merged.Index.Accession));
        Assert.Equal(order.Index.Examinations, merged.Index.Examinations);
        using var document = JsonDocument.Parse(merged.Json);
        Assert.Equal(merged.Index.Examinations, JsonIndex.Of(document.RootElement, "ServiceRequest").Examinations);
        Assert.Equal(2, Encoding.UTF8.GetString(merged.Json.Span).Split("\"F7\"").Length);
    }

    [Fact]
    public void Each_IPC_of_several_is_a_step_of_the_order()
    {
        var translation = TwoSteps();
        var entry = translation.Entry("ServiceRequest");

        Assert.Equal([new("1.2.840.7", "SPS7A", "2026-11-22T09:00:00+08:00"), new("1.2.840.7", "SPS7B", "2026-11-22T09:00:00+08:00")], entry.Index.Examinations);
        var order = translation.Resource("ServiceRequest");
        Assert.Equal(("#", "instance-order", "active"), (order.At("contained/1/basedOn/0/reference"), order.At("contained/1/intent"), order.At("contained/1/status")));
        Assert.Equal(("CT1_AE", "PT1_AE"), (order.At("contained/0/performer/0/display"), order.At("contained/1/performer/0/display")));
        Assert.Null(order.At("performer/0/display"));
        Assert.Equal("ACC7", entry.Index.Accession);
        Assert.Equal(LedgerDisposition.Mapped, translation.Row("IPC[2]-5[1].1.1").Disposition);
    }

    [Fact]
    public void A_cancel_without_IPC_is_of_all_steps_and_an_update_with_IPC_says_all_that_there_are()
    {
        var order = TwoSteps().Entry("ServiceRequest");
        var cancelled = new ResourceUpdate().Merge(order.Json, Order("OMI^O23^OMI_O23", "ORC|CA|P7^HIS", Ordered).Entry("ServiceRequest"));
        Assert.Equal(order.Index.Examinations, cancelled.Index.Examinations);
        using var document = JsonDocument.Parse(cancelled.Json);
        Assert.Equal(("revoked", "revoked", "revoked"), (document.RootElement.At("status"), document.RootElement.At("contained/0/status"), document.RootElement.At("contained/1/status")));

        var third = Order("OMI^O23^OMI_O23", "ORC|XO|P7^HIS", Ordered, "IPC|ACC7|RP7|1.2.840.7|SPS7B|PT", "IPC|ACC7|RP7|1.2.840.7|SPS7C|CT").Entry("ServiceRequest");
        Assert.Equal(["SPS7B", "SPS7C"], new ResourceUpdate().Merge(order.Json, third).Index.Examinations.Select(step => step.StepId));
        var one = Order("OMI^O23^OMI_O23", "ORC|XO|P7^HIS", Ordered, "IPC|ACC7|RP7|1.2.840.7|SPS7A|CT|||ROOM 9|CT9_AE").Entry("ServiceRequest");
        var single = new ResourceUpdate().Merge(order.Json, one);
        Assert.Equal(["SPS7A"], single.Index.Examinations.Select(step => step.StepId));
        Assert.DoesNotContain("contained", Encoding.UTF8.GetString(single.Json.Span), StringComparison.Ordinal);
    }

    private static Translation TwoSteps() => Order(
        "OMI^O23^OMI_O23", "ORC|NW|P7^HIS", "TQ1|1||||||20261122090000+0800", $"{Ordered}||||||NMS", "IPC|ACC7|RP7|1.2.840.7|SPS7A|CT^^DCM||CT1||CT1_AE", "IPC|ACC7|RP7|1.2.840.7|SPS7B|PT^^DCM||PT1||PT1_AE");

    private static Translation Order(string type, params string[] segments) => Translating.Translate(Translating.Message(type, [Translating.Patient, .. segments]));

    [Fact]
    public void Each_step_is_of_the_service_of_its_order()
    {
        var order = Order("OMI^O23^OMI_O23", "ORC|NW|P7^HIS", Ordered, "IPC|ACC7|RP7|1.2.840.7|SPS7|CT^^DCM", "IPC|ACC7|RP7|1.2.840.7|SPS8|MR^^DCM").Resource("ServiceRequest");

        foreach (var step in order.GetProperty("contained").EnumerateArray()) Assert.Equal("24627-2", step.At("code/coding/0/code"));
        Assert.Equal("MR", order.At("contained/1/orderDetail/0/coding/0/code"));
    }

    [Fact]
    public void A_detail_of_a_service_that_is_not_named_is_carried()
    {
        var order = Order("OMI^O23^OMI_O23", "ORC|NW|P7^HIS", "OBR|1|P7^HIS", "IPC|ACC7|RP7|1.2.840.7|SPS7|CT^^DCM");

        Assert.Null(order.Resource("ServiceRequest").At("orderDetail"));
        Assert.Equal("A detail of a service that the order does not name", order.Row("IPC[1]-5[1].1.1").Rule);
    }
}
