using Broadsheet.Core.People;
using Broadsheet.Web.Tests.Sites;

namespace Broadsheet.Browser.Tests.Editor;

/// <summary>Members of the staff at their browsers.</summary>
internal static class Desk
{
    public static async Task<Reader> SignInAsync(BroadsheetSite site, Chromium chromium, Role role, int width = 1280, bool script = true)
    {
        using var person = await StaffClient.AddAsync(site, role);
        var reader = await chromium.OpenAsync(site, width, script);
        await reader.Page.GotoAsync(await StaffClient.LinkAsync(site, person.Id));
        await reader.Page.Locator("form button").First.ClickAsync();
        await reader.Page.WaitForURLAsync(url => !url.Contains("/link/", StringComparison.Ordinal));
        return reader;
    }
}
