using Microsoft.Playwright;

namespace EHealthPlus.Tests.EndToEnd.Browsing;

/// <summary>Signs a browser's page in to the console with a role's token.</summary>
internal static class SignIn
{
    /// <param name="url">Address of the sign-in page.</param>
    public static async Task SignInAsync(this IPage page, string url, string token)
    {
        await page.GotoAsync(url);
        await page.Locator("input[name=token]").FillAsync(token);
        await page.Keyboard.PressAsync("Enter");
        // Asked in the page: the browser's word of a navigation can come between a look at its state and the wait for the word.
        await page.WaitForFunctionAsync("() => document.readyState === 'complete' && !location.pathname.startsWith('/sign-in')");
    }
}
