using Broadsheet.Web.Tests.Sites;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Broadsheet.Browser.Tests.Chromium))]

namespace Broadsheet.Browser.Tests;

/// <summary>One headless Chromium for all tests; each test has its own context, that is its own cookies.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists("/usr/bin/chromium")) return;
        // As patient with what is to be seen as with what is to be done: on a busy machine a page takes more than the usual five seconds.
        Assertions.SetDefaultExpectTimeout(15_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = Arguments });
    }

    /// <summary>A reader. Everything that their browser asks of another host is written down and refused.</summary>
    /// <param name="also">Hosts that they may go to.</param>
    public async Task<Reader> OpenAsync(BroadsheetSite site, int width = 1280, bool script = true, bool withoutPolicy = false, ColorScheme scheme = ColorScheme.Light, params Uri[] also)
    {
        if (_browser is null) Assert.Skip("Chromium is not installed: eng/test.sh installs it.");
        var context = await _browser.NewContextAsync(new() { BaseURL = site.Url.AbsoluteUri, ViewportSize = new() { Width = width, Height = 900 }, JavaScriptEnabled = script, BypassCSP = withoutPolicy, ColorScheme = scheme });
        context.SetDefaultTimeout(15_000);
        var reader = new Reader(context, await context.NewPageAsync()) { RunsScript = script };
        await context.RouteAsync(url => !url.StartsWith(site.Url.AbsoluteUri, StringComparison.Ordinal) && !Array.Exists(also, a => url.StartsWith(a.AbsoluteUri, StringComparison.Ordinal)), route =>
        {
            reader.ForeignRequests.Add(route.Request.Url);
            return route.AbortAsync();
        });
        return reader;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}

/// <summary>A browser window and what it tried to do.</summary>
public sealed class Reader(IBrowserContext context, IPage page) : IAsyncDisposable
{
    public IBrowserContext Context => context;

    public IPage Page => page;

    public bool RunsScript { get; init; } = true;

    public List<string> ForeignRequests { get; } = [];

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
