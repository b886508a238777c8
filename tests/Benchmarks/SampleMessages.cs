using System.Text;

namespace EHealthPlus.Tests.Benchmarks;

/// <summary>A result of about 1.5 KB and an admission of about 2.5 KB, of the kind that hospitals send. Plainly synthetic.</summary>
internal static class SampleMessages
{
    private const string Pid =
        "PID|1||M0001^^^DEMO-HOSPITAL^MR~A1234563^^^HKID^NNHKG||TESTPATIENT^Specimen^^^^^L^A~測試^樣本^^^^^L^I||19620314|F|||1 Synthetic Street^^Hong Kong^^^HKG||5550100^PRN^PH";

    public static byte[] Result { get; } = Bytes(
        "MSH|^~\\&|DEMO-LIS|DEMO-LABORATORY|EHEALTHPLUS|HUB|20260301113000||ORU^R01^ORU_R01|BENCH1|P|2.5.1|||AL|AL||UNICODE UTF-8",
        Pid,
        "ORC|RE|PBENCH1^DEMO-HIS|FBENCH1^DEMO-LIS||CM||||20260301110000|||D0001^DOCTOR^Synthetic^^^Dr^^^DEMO-HOSPITAL",
        "OBR|1|PBENCH1^DEMO-HIS|FBENCH1^DEMO-LIS|58410-2^CBC panel - Blood by Automated count^LN|||20260301110000|||||||20260301111500||D0001^DOCTOR^Synthetic^^^Dr^^^DEMO-HOSPITAL||||||20260301113000||HM|F",
        "OBX|1|NM|718-7^Hemoglobin [Mass/volume] in Blood^LN||13.50|g/dL^g/dL^UCUM|12.0-15.5|N|||F|||20260301113000",
        "OBX|2|NM|6690-2^Leukocytes [#/volume] in Blood by Automated count^LN||6.10|10*9/L^10*9/L^UCUM|4.00-11.00|N|||F|||20260301113000",
        "OBX|3|NM|777-3^Platelets [#/volume] in Blood by Automated count^LN||250|10*9/L^10*9/L^UCUM|150-400|N|||F|||20260301113000",
        "OBX|4|ST|5778-6^Color of Urine^LN||straw|||N|||F|||20260301113000",
        "OBX|5|SN|5803-2^pH of Urine by Test strip^LN||=^6.5||5.0-8.0|N|||F|||20260301113000",
        "OBX|6|NM|787-2^MCV [Entitic volume] by Automated count^LN||88.4|fL^fL^UCUM|80.0-100.0|N|||F|||20260301113000",
        "OBX|7|NM|788-0^Erythrocyte distribution width [Ratio] by Automated count^LN||13.1|%^%^UCUM|11.5-14.5|N|||F|||20260301113000",
        "NTE|1|L|Specimen received in good condition. 樣本狀況良好",
        "SPM|1|SBENCH1^DEMO-LIS||BLD^Whole blood^HL70487|||||||||||||20260301111500|20260301112000");

    public static byte[] Admission { get; } = Bytes(
        "MSH|^~\\&|DEMO-HIS|DEMO-HOSPITAL|EHEALTHPLUS|HUB|20260301115500||ADT^A01^ADT_A01|BENCH2|P|2.5.1|||AL|AL||UNICODE UTF-8",
        "EVN|A01|20260301115500||01^Patient request^HL70062|C0001^CLERK^Synthetic^^^Ms^^^DEMO-HOSPITAL|20260301115000",
        Pid + "~5550101^NET^Internet^specimen@example.invalid|||M^Married^HL70002|||||||||||HKG^Hong Kong^ISO3166_1",
        "PD1||||D0002^FAMILYDOCTOR^Synthetic^^^Dr^^^DEMO-HOSPITAL",
        "NK1|1|TESTPATIENT^Kin^^^^^L|SPO^Spouse^HL70063|1 Synthetic Street^^Hong Kong^^^HKG|5550102^PRN^PH||C^Emergency Contact^HL70131",
        "NK1|2|TESTPATIENT^Child^^^^^L|CHD^Child^HL70063|2 Synthetic Street^^Hong Kong^^^HKG|5550103^PRN^PH||N^Next-of-Kin^HL70131",
        "PV1|1|I|WARD7^12^3^DEMO-HOSPITAL^^^7^Main|R|||D0001^DOCTOR^Synthetic^^^Dr^^^DEMO-HOSPITAL|D0003^REFERRER^Synthetic^^^Dr^^^DEMO-HOSPITAL|D0004^CONSULTANT^Synthetic^^^Dr^^^DEMO-HOSPITAL|MED||||1|||D0001^DOCTOR^Synthetic^^^Dr^^^DEMO-HOSPITAL|IP|VBENCH1^^^DEMO-HOSPITAL^VN|||||||||||||||||||||||||20260301115500",
        "PV2||2^Semi-private^L|J18.9^Pneumonia, unspecified organism^I10|||||20260301|20260307|6||Admitted from the emergency department",
        "OBX|1|NM|8302-2^Body height^LN||162|cm^cm^UCUM|||||F|||20260301115000",
        "OBX|2|NM|29463-7^Body weight^LN||58.40|kg^kg^UCUM|||||F|||20260301115000",
        "OBX|3|NM|8867-4^Heart rate^LN||72|/min^/min^UCUM|60-100|N|||F|||20260301115000",
        "OBX|4|NM|8310-5^Body temperature^LN||36.80|Cel^Cel^UCUM|36.10-37.20|N|||F|||20260301115000",
        "AL1|1|DA|PENICILLIN^Penicillin^L|SV^Severe^HL70128|Rash|20190304",
        "AL1|2|FA|PEANUT^Peanut^L|MO^Moderate^HL70128|Swelling|20180101",
        "DG1|1||J18.9^Pneumonia, unspecified organism^I10|Pneumonia|20260301115500|A|||||||||1|D0001^DOCTOR^Synthetic^^^Dr^^^DEMO-HOSPITAL",
        "DG1|2||E11.9^Type 2 diabetes mellitus without complications^I10|Diabetes|20260301115500|A|||||||||2|D0001^DOCTOR^Synthetic^^^Dr^^^DEMO-HOSPITAL",
        "DG1|3||I10^Essential (primary) hypertension^I10|Hypertension|20260301115500|A|||||||||3|D0001^DOCTOR^Synthetic^^^Dr^^^DEMO-HOSPITAL",
        "PR1|1||87.44^Routine chest x-ray^I9C|Chest x-ray|20260301114000|D",
        "IN1|1|PLAN1^Synthetic Plan^L|INS001|Synthetic Insurance|3 Synthetic Street^^Hong Kong^^^HKG||5550104^WPN^PH|GRP1||||20260101|20261231|||TESTPATIENT^Specimen|SEL^Self^HL70063|19620314|1 Synthetic Street^^Hong Kong^^^HKG|||1||||||||||||||POL0001");

    private static byte[] Bytes(params string[] segments) => Encoding.UTF8.GetBytes(string.Join('\r', segments) + "\r");
}
