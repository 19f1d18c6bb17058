using Broadsheet.Browser.Tests.Editor;
using Broadsheet.Core.People;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using NetVips;

namespace Broadsheet.Browser.Tests;

/// <summary>Files come in, are found, described, replaced and thrown away; a large one survives a lost connection and a new start of the page.</summary>
public sealed class LibraryJourneyTests(SqliteSite site, Chromium chromium) : IClassFixture<SqliteSite>
{
    [Fact]
    public async Task A_film_of_20_MB_is_broken_off_and_gone_on_with_after_the_page_was_opened_anew()
    {
        await using var ann = await SignInAsync();
        var film = Path.Combine(site.Folder, "harbour.mp4");
        byte[] content = [0, 0, 0, 24, .. "ftypisom"u8, .. new byte[(20 << 20) - 12]];
        // No two pieces are the same.
        for (var i = 12; i < content.Length; i += 4_096) BitConverter.TryWriteBytes(content.AsSpan(i), i);
        await File.WriteAllBytesAsync(film, content);
        await ann.Page.GotoAsync("/newsroom/media/");
        // The line goes dead after the first piece.
        var pieces = new List<string>();
        var mayPass = true;
        await ann.Page.RouteAsync("**/newsroom/media/pieces/*/", async route =>
        {
            if (route.Request.Method == "PATCH" && mayPass) pieces.Add((await route.Request.AllHeadersAsync())["upload-offset"]);
            if (mayPass) await route.ContinueAsync();
            else await route.AbortAsync("internetdisconnected");
            if (route.Request.Method == "PATCH" && pieces.Count == 1) mayPass = false;
        });
        await ann.Page.SetInputFilesAsync("form.upload input[type=file]", film);
        await ann.Page.ClickAsync("form.upload button");
        await Assertions.Expect(ann.Page.Locator(".incoming [role=status]")).ToHaveTextAsync("waiting for the connection", new() { Timeout = 30_000 });

        mayPass = true;
        await ann.Page.ReloadAsync();
        await Assertions.Expect(ann.Page.Locator(".incoming li")).ToContainTextAsync("“harbour.mp4” is not whole");
        await ann.Page.SetInputFilesAsync("form.upload input[type=file]", film);
        await ann.Page.ClickAsync("form.upload button");
        await Assertions.Expect(ann.Page.Locator(".incoming li")).ToHaveTextAsync("harbour.mp4is here", new() { Timeout = 60_000 });

        // It went on where it stopped: no piece was sent twice.
        Assert.Equal(["0", "4194304", "8388608", "12582912", "16777216"], pieces);
        var path = await site.ReadAsync(db => db.Media.Where(m => m.MimeType == "video/mp4").Select(m => m.Path).SingleAsync());
        Assert.Equal(content, await File.ReadAllBytesAsync(Path.Combine(site.Folder, "media", "uploads", path["/wp-content/uploads/".Length..])));
    }

    [Fact]
    public async Task Pictures_are_dropped_on_the_page_found_described_replaced_thrown_away_and_taken_back()
    {
        await using var ann = await SignInAsync();
        await ann.Page.GotoAsync("/newsroom/media/");
        await DropAsync(ann.Page, ("quay.png", Picture(640, 480)), ("pier.png", Picture(640, 480)), ("not-one.png", "<html>"u8.ToArray()));
        await Assertions.Expect(ann.Page.Locator(".incoming a")).ToHaveTextAsync(["quay.png", "pier.png"]);
        await Assertions.Expect(ann.Page.Locator(".incoming .problem")).ToContainTextAsync("web page");
        await ann.AssertCleanAsync("the library with files on their way");

        await ann.Page.FillAsync("input[type=search]", "QUAY");
        await ann.Page.ClickAsync("form.filter button");
        await Assertions.Expect(ann.Page.Locator(".shelf > li")).ToHaveCountAsync(1);
        await ann.Page.ClickAsync(".shelf a");
        await ann.Page.FillAsync("#f-alt", "The quay at noon");
        await ann.Page.ClickAsync("main button.main");
        await Assertions.Expect(ann.Page.Locator(".medium img")).ToHaveAttributeAsync("alt", "The quay at noon");
        await ann.AssertCleanAsync("a file's page");

        await ann.Page.ClickAsync("summary:has-text('Replace')");
        await ann.Page.SetInputFilesAsync("form.replace input[type=file]", new FilePayload { Name = "new.png", MimeType = "image/png", Buffer = Picture(300, 900) });
        await ann.Page.ClickAsync("form.replace button");
        await Assertions.Expect(ann.Page.Locator(".medium .facts").First).ToContainTextAsync("300 × 900");
        await ann.Page.ClickAsync("summary:has-text('Delete')");
        await ann.Page.ClickAsync("form.throw button");
        await Assertions.Expect(ann.Page.Locator(".notice")).ToContainTextAsync("Moved to the trash");
        await ann.Page.ClickAsync(".notice button");
        await Assertions.Expect(ann.Page.Locator(".notice")).ToContainTextAsync("back in the library");
        Assert.Empty(ann.ForeignRequests);
    }

    [Theory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task Nothing_jumps_and_nothing_hangs_over_the_edge(int width)
    {
        await using var ann = await SignInAsync(width);
        await ann.Page.GotoAsync("/newsroom/media/");
        await DropAsync(ann.Page, ($"edge-{width}.png", Picture(900, 300)));
        await Assertions.Expect(ann.Page.Locator(".incoming a")).ToHaveCountAsync(1);
        var url = await ann.Page.Locator(".incoming a").GetAttributeAsync("href");

        foreach (var path in new[] { "/newsroom/media/", url! })
        {
            await ann.Page.AddInitScriptAsync("window.moved = 0; new PerformanceObserver((list) => { for (const e of list.getEntries()) window.moved += e.value; }).observe({ type: 'layout-shift', buffered: true });");
            await ann.Page.GotoAsync(path, new() { WaitUntil = WaitUntilState.NetworkIdle });
            var moved = await ann.Page.EvaluateAsync<double>("window.moved");
            Assert.True(moved < 0.001, $"{path} jumps by {moved}.");
            Assert.True(await ann.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), $"{path} is wider than {width} pixels.");
        }
    }

    private Task<Reader> SignInAsync(int width = 1280) => Desk.SignInAsync(site, chromium, Role.Editor, width);

    private static async Task DropAsync(IPage page, params (string Name, byte[] Content)[] files)
    {
        var carried = await page.EvaluateHandleAsync(
            "files => { const t = new DataTransfer(); for (const f of files) t.items.add(new File([Uint8Array.from(atob(f.content), c => c.charCodeAt(0))], f.name)); return t; }",
            files.Select(f => new { name = f.Name, content = Convert.ToBase64String(f.Content) }).ToArray());
        await page.DispatchEventAsync("main h1", "dragover", new { dataTransfer = carried });
        await page.DispatchEventAsync("main h1", "drop", new { dataTransfer = carried });
    }

    private static byte[] Picture(int width, int height)
    {
        using var black = Image.Black(width, height, bands: 3);
        return black.PngsaveBuffer();
    }
}
