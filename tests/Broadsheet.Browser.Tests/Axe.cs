using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace Broadsheet.Browser.Tests;

/// <summary>
/// axe (WCAG 2.2 AA and its own best practices) over a page in use. It is run in the page itself, without looking for frames and films,
/// which we have none of: that takes a tenth of the time.
/// </summary>
public static class Axe
{
    private static readonly string Source = new BundledAxeScriptProvider().GetScript();
    private static readonly string[] All = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

    /// <summary>All that another colour scheme can change: the marks are the same.</summary>
    private static readonly string[] OfColours = ["color-contrast", "link-in-text-block"];

    private const string Run = """
        async ([type, values]) => {
          await new Promise(requestAnimationFrame);
          await Promise.all(document.getAnimations().map(a => a.finished));
          const found = await axe.run(document, { runOnly: { type, values }, resultTypes: ['violations'], iframes: false, preload: false });
          if (found.passes.length + found.violations.length === 0) throw new Error('axe looked at nothing');
          return found.violations.map(v => `${v.id}: ${v.nodes[0].html}`);
        }
        """;

    /// <summary>Where pictures of every page looked at are kept; null keeps none.</summary>
    private static readonly string? Album = Environment.GetEnvironmentVariable("BROADSHEET_ALBUM");

    /// <summary>Nothing to object to, in the colour scheme the reader has and in the other, and no wider than the window.</summary>
    /// <param name="state">What the page is, for the message and for the picture's name.</param>
    public static async Task AssertCleanAsync(this Reader reader, string state)
    {
        await reader.PictureAsync(state);
        Assert.True(await reader.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), $"{state}: wider than the window.");
        // axe is a script of its own.
        if (!reader.RunsScript) return;
        await reader.Page.EvaluateAsync(Source);
        await AssertNothingAsync(reader, state, "tag", All);
        var dark = await reader.Page.EvaluateAsync<bool>("() => matchMedia('(prefers-color-scheme: dark)').matches");
        await reader.Page.EmulateMediaAsync(new() { ColorScheme = dark ? ColorScheme.Light : ColorScheme.Dark });
        await reader.PictureAsync($"{state}, {(dark ? "light" : "dark")}");
        await AssertNothingAsync(reader, $"{state}, {(dark ? "light" : "dark")}", "rule", OfColours);
        await reader.Page.EmulateMediaAsync(new() { ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light });
    }

    public static async Task PictureAsync(this Reader reader, string state)
    {
        if (Album is not null) await reader.Page.ScreenshotAsync(new() { Path = Path.Combine(Album, $"{string.Join('_', state.Split('/', '?'))}.png"), FullPage = true });
    }

    private static async Task AssertNothingAsync(Reader reader, string state, string type, string[] values)
    {
        var violations = await reader.Page.EvaluateAsync<string[]>(Run, new object[] { type, values });
        Assert.True(violations.Length == 0, $"{state}: {string.Join("; ", violations)}");
    }
}
