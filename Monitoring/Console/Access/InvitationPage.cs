using EHealthPlus.Monitoring.Console.Markup;
using EHealthPlus.Monitoring.Console.Words;
using EHealthPlus.Routing.Contracts.Credentials;
using EHealthPlus.Routing.Contracts.Rejections;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using QRCoder;

namespace EHealthPlus.Monitoring.Console.Access;

/// <summary>
/// Where a person sets up the account they were invited to: the authenticator's QR code, a password, and a code to show that it works. The
/// invitation goes in the body of a post, never in an address that logs and histories keep.
/// </summary>
internal static class InvitationPage
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapReading("/invitation", http => AskAsync(new(http), null)).AllowAnonymous();
        endpoints.MapPost("/invitation", ActAsync).AllowAnonymous();
    }

    private static async Task ActAsync(HttpContext http)
    {
        var visit = new Visit(http);
        if (await SignInPage.SmallFormAsync(http) is not { } form)
        {
            await PageFrame.SayAsync(visit, StatusCodes.Status400BadRequest, ShellWords.FormExpired, new("", ""));
            return;
        }

        var enrolment = visit.Get<IPersonEnrolment>();
        var invitation = form["invitation"].ToString().Trim();
        var opened = enrolment.Open(invitation);
        if (!opened.Accepted)
        {
            await AskAsync(visit, Said(opened.Rejection));
            return;
        }

        if (!form.ContainsKey("password"))
        {
            await ShowAsync(visit, invitation, opened.Value, null);
            return;
        }

        var accepted = await enrolment.AcceptAsync(invitation, form["password"].ToString(), form["code"].ToString(), visit.Aborted);
        if (accepted.Accepted) await PageFrame.SayAsync(visit, StatusCodes.Status200OK, SignInWords.Done, SignInWords.DoneDetail);
        else await ShowAsync(visit, invitation, opened.Value, Said(accepted.Rejection));
    }

    private static Task AskAsync(Visit visit, Phrase? problem)
    {
        var body = visit.NewHtml().Add($"""
            <section class="sign-in"><h1>{SignInWords.SetUp}</h1><form method="post" action="/invitation">
            <label for="invitation">{SignInWords.Invitation}</label>
            <input id="invitation" name="invitation" autocomplete="off" spellcheck="false" required autofocus aria-describedby="invitation-help">
            <p class="hint" id="invitation-help">{SignInWords.InvitationHelp}</p>
            """);
        if (problem is not null) body.Add($"""<p class="problem" role="alert">{problem}</p>""");
        body.Add($"""<button class="primary">{SignInWords.Continue}</button></form></section>""");
        return PageFrame.WriteAsync(visit, problem is null ? StatusCodes.Status200OK : StatusCodes.Status403Forbidden, SignInWords.SetUp.In(visit.Language), body);
    }

    private static Task ShowAsync(Visit visit, string invitation, CodeEnrolment enrolment, Phrase? problem)
    {
        var body = visit.NewHtml().Add($"""
            <section class="sign-in"><h1>{SignInWords.SetUp}</h1><p><b>{enrolment.Name}</b></p><form method="post" action="/invitation">
            <input type="hidden" name="invitation" value="{invitation}"><input type="hidden" name="username" value="{enrolment.Name}" autocomplete="username">
            <p>{SignInWords.Scan}</p><div class="qr">{new Html(Drawn(enrolment.Uri))}</div><p><code>{enrolment.Secret}</code></p>
            <label for="password">{SignInWords.ChoosePassword}</label><input id="password" name="password" type="password" autocomplete="new-password" minlength="12" maxlength="128" required autofocus>
            <label for="code">{SignInWords.TypeCode}</label><input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="6" required>
            """);
        if (problem is not null) body.Add($"""<p class="problem" role="alert">{problem}</p>""");
        body.Add($"""<button class="primary">{SignInWords.Finish}</button></form></section>""");
        return PageFrame.WriteAsync(visit, problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity, SignInWords.SetUp.In(visit.Language), body);
    }

    /// <summary>As SVG in the page itself: the secret is in no address, and no image is fetched.</summary>
    private static string Drawn(string uri)
    {
        using var data = QRCodeGenerator.GenerateQrCode(uri, QRCodeGenerator.ECCLevel.M);
        using var drawing = new SvgQRCode(data);
        return drawing.GetGraphic(4, "#000000", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.WidthHeightAttribute);
    }

    private static Phrase Said(Rejection rejection)
    {
        var meaning = RejectionTable.Of(rejection.Code);
        // What is said of the number may say all.
        return meaning.English.Contains(rejection.Detail, StringComparison.OrdinalIgnoreCase)
            ? new(meaning.English, meaning.Chinese)
            : new($"{meaning.English}. {rejection.Detail}", $"{meaning.Chinese}。{rejection.DetailChinese ?? rejection.Detail}");
    }
}
