using System.CommandLine;
using System.CommandLine.Invocation;
using EHealthPlus.Endpoints.Cli.Commands;
using EHealthPlus.Endpoints.Cli.Hub;
using EHealthPlus.Endpoints.Cli.Output;

var root = new RootCommand("""
    The eHealth+ hub's command line.

    Without a hub: translate, validate, terminology check, dicom dump, dicom deidentify, audit verify, backup, bench read, bench translate, bench fuzz, bench audit, bench instances.
    With a running hub (./run): send, upload, show, replay, enrol, consent, proxy, notice, case, source, cert, professional, person, sign-in, client, key, terminology, dicom peer, dicom echo, dicom send, dicom find, dicom get, bench flow, bench reads, bench dicom, demo.

    Exit codes: 0 done, 1 something was refused or not found, 2 wrong command line, 3 no hub answers, 4 not permitted.
    """)
{
    HubOptions.Hub, HubOptions.Mllp, HubOptions.Data, HubOptions.Json, HubTrust.Authority, HubTrust.ClientCertificate,
    SendCommand.Create(),
    UploadCommand.Create(),
    TranslateCommand.Create(),
    ValidateCommand.Create(),
    ShowCommand.Create(),
    ReplayCommand.Create(),
    EnrolCommand.Create(),
    ConsentCommand.Create(),
    ProxyCommand.Create(),
    SourceCommand.Create(),
    CertCommand.Create(),
    ProfessionalCommand.Create(),
    PersonCommand.Create(),
    SignInCommand.Create(),
    ClientCommand.Create(),
    TerminologyCommand.Create(),
    AuditCommand.Create(),
    BackupCommand.Create(),
    KeyCommand.Create(),
    CaseCommand.Create(),
    NoticeCommand.Create(),
    BenchCommand.Create(),
    DicomCommand.Create(),
    DemoCommand.Create(),
};
HelpWithExamples.AddTo(root);
var parsed = root.Parse(args);
if (parsed.Action is ParseErrorAction && args.Contains("--json")) return new Report(json: true).Fail(ExitCode.Usage, string.Join(' ', parsed.Errors.Select(error => error.Message)));
var exitCode = await parsed.InvokeAsync();
// The library answers a wrong command line with 1; here 1 means that something was refused.
return parsed.Action is ParseErrorAction ? ExitCode.Usage : exitCode;
