using Broadsheet.Core.Discussion;
using Broadsheet.Core.People;
using Broadsheet.Core.Text;
using Broadsheet.Web.Data;
using Broadsheet.Web.Tests.Sites;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Broadsheet.Browser.Tests;

/// <summary>Moderators at their desk: by keyboard, side by side, at a phone without script.</summary>
public sealed class ModerationJourneyTests(SqliteSite site, Chromium chromium) : IClassFixture<SqliteSite>
{
    [Fact]
    public async Task Fifty_cards_are_cleared_by_keyboard_alone()
    {
        var ids = await HoldAsync("Cleared by keyboard", 50);
        await using var mod = await SignInAsync(1280, true);
        await mod.Page.GotoAsync($"/newsroom/comments/?show=held&q={Words(ids)}");
        var keys = mod.Page.Keyboard;

        await keys.PressAsync("?");
        await Assertions.Expect(mod.Page.Locator("dialog[open]")).ToBeVisibleAsync();
        await mod.AssertCleanAsync("keys of the desk");
        await keys.PressAsync("Escape");
        await keys.PressAsync("j");
        await Assertions.Expect(mod.Page.Locator($"#card-{ids[^1]}.here")).ToBeFocusedAsync();
        await keys.PressAsync("j");
        await keys.PressAsync("k");
        // In turn: approved, spam, trash.
        for (var i = 0; i < 50; i++)
        {
            await Assertions.Expect(mod.Page.Locator(".here")).ToHaveCountAsync(1);
            await keys.PressAsync($"{"asd"[i % 3]}");
            // The first one wrongly: taken back and decided anew.
            if (i != 0) continue;
            await Assertions.Expect(mod.Page.Locator("[data-news]")).ToContainTextAsync("shown to readers");
            await keys.PressAsync("z");
            await Assertions.Expect(mod.Page.Locator($"#card-{ids[^1]}.here")).ToBeFocusedAsync();
            await keys.PressAsync("a");
        }
        await Assertions.Expect(mod.Page.Locator("[data-empty]")).ToBeVisibleAsync(new() { Timeout = 30_000 });

        var standings = await site.ReadAsync(db => db.Comments.Where(c => ids.Contains(c.Id)).OrderByDescending(c => c.Id).Select(c => c.Standing).ToListAsync());
        Assert.Equal(Enumerable.Range(0, 50).Select(i => (i % 3) switch { 0 => Standing.Shown, 1 => Standing.Spam, _ => Standing.Trashed }), standings);
        Assert.Empty(mod.ForeignRequests);
    }

    [Fact]
    public async Task What_one_moderator_decides_goes_from_the_others_screen_and_what_comes_in_is_told()
    {
        var ids = await HoldAsync("Side by side", 3);
        await using var one = await SignInAsync(1280, true);
        await using var two = await SignInAsync(1280, true);
        var path = $"/newsroom/comments/?show=held&q={Words(ids)}";
        await one.Page.GotoAsync(path);
        var listening = two.Page.WaitForRequestAsync(r => r.Url.Contains("/live/", StringComparison.Ordinal));
        await two.Page.GotoAsync("/newsroom/comments/");
        await listening;
        await Task.Delay(300);

        await one.Page.Locator($"#card-{ids[1]} button[data-key=s]").ClickAsync();

        await Assertions.Expect(two.Page.Locator($"#card-{ids[1]} .overtaken")).ToContainTextAsync("Marked as spam by");
        await Assertions.Expect(two.Page.Locator($"#card-{ids[1]} .buttons")).ToBeHiddenAsync();
        var before = await CountAsync(two, "held");
        await HoldAsync("Side by side, later", 2);
        await Assertions.Expect(two.Page.Locator("[data-fresh]")).ToContainTextAsync("2 new comments");
        Assert.Equal(before + 2, await CountAsync(two, "held"));
        await two.AssertCleanAsync("desk with news");
        await two.Page.Locator("[data-fresh]").ClickAsync();
        await Assertions.Expect(two.Page.Locator($"#card-{ids[1]}")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_card_comes_back_with_the_reason_where_the_server_does_not_do_it()
    {
        var ids = await HoldAsync("Server away", 2);
        await using var mod = await SignInAsync(1280, true);
        await mod.Page.GotoAsync($"/newsroom/comments/?show=held&q={Words(ids)}");
        await mod.Page.RouteAsync("**/newsroom/comments/", route => route.Request.Method == "POST" ? route.AbortAsync() : route.ContinueAsync());
        await mod.Page.Keyboard.PressAsync("j");

        await mod.Page.Keyboard.PressAsync("d");

        await Assertions.Expect(mod.Page.Locator($"#card-{ids[1]} .overtaken")).ToContainTextAsync("could not be reached");
        await Assertions.Expect(mod.Page.Locator($"#card-{ids[1]}")).ToBeVisibleAsync();
        Assert.Equal(Standing.Held, await site.ReadAsync(db => db.Comments.Where(c => c.Id == ids[1]).Select(c => c.Standing).SingleAsync()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_whole_queue_is_decided_and_taken_back_on_a_phone(bool script)
    {
        var ids = await HoldAsync($"On a phone {script}", 30);
        await using var mod = await SignInAsync(360, script);
        await mod.Page.GotoAsync($"/newsroom/comments/?show=held&q={Words(ids)}");
        await mod.AssertCleanAsync($"queue-{script}");
        await mod.Page.Locator("[data-row] a[data-key=o]").First.ClickAsync();
        await Assertions.Expect(mod.Page.Locator("h1")).ToContainTextAsync("Comment by");
        await mod.AssertCleanAsync($"comment-{script}");
        await mod.Page.GoBackAsync();
        await mod.Page.GetByRole(AriaRole.Link, new() { Name = "Spam: everything here" }).ClickAsync();
        await mod.AssertCleanAsync($"decide-all-{script}");
        await mod.Page.GetByRole(AriaRole.Button, new() { Name = "Mark them all as spam" }).ClickAsync();
        var run = mod.Page.Url;
        await DoneAsync(mod, script, "30 of 30 looked at, 30 changed");
        await mod.AssertCleanAsync($"run-{script}");
        Assert.Equal(30, await site.ReadAsync(db => db.Comments.CountAsync(c => ids.Contains(c.Id) && c.Standing == Standing.Spam)));
        await mod.Page.GetByRole(AriaRole.Button, new() { Name = "Take it all back" }).ClickAsync();
        await DoneAsync(mod, script, "30 of 30 looked at, 30 changed");
        Assert.NotEqual(run, mod.Page.Url);
        Assert.Equal(30, await site.ReadAsync(db => db.Comments.CountAsync(c => ids.Contains(c.Id) && c.Standing == Standing.Held)));
        foreach (var page in new[] { "log", "load" })
        {
            await mod.Page.GotoAsync($"/newsroom/comments/{page}/");
            await mod.AssertCleanAsync($"moderation-{page}-{script}");
        }
        Assert.Empty(mod.ForeignRequests);
    }

    /// <summary>With script the page looks by itself; without, its reader does.</summary>
    private static async Task DoneAsync(Reader mod, bool script, string words)
    {
        if (!script) await Eventually.SeesAsync(async () =>
        {
            try
            {
                await mod.Page.ReloadAsync();
                return await mod.Page.GetByText("Done.").CountAsync() > 0;
            }
            catch (PlaywrightException problem) when (problem.Message.Contains("Not attached to an active page", StringComparison.Ordinal))
            {
                // The page that the button asked for came in at that very moment.
                return false;
            }
        });
        await Assertions.Expect(mod.Page.Locator("main")).ToContainTextAsync("Done.");
        await Assertions.Expect(mod.Page.Locator("main")).ToContainTextAsync(words);
    }

    private static async Task<int> CountAsync(Reader mod, string queue) => int.Parse(await mod.Page.Locator($"[data-count={queue}]").InnerTextAsync());

    private async Task<Reader> SignInAsync(int width, bool script)
    {
        using var mod = await StaffClient.AddAsync(site, Role.Moderator);
        var reader = await chromium.OpenAsync(site, width, script);
        await reader.Page.GotoAsync(await StaffClient.LinkAsync(site, mod.Id));
        await reader.Page.Locator("form button").First.ClickAsync();
        await reader.Page.WaitForURLAsync(url => !url.Contains("/link/", StringComparison.Ordinal));
        return reader;
    }

    /// <summary>Finds these alone.</summary>
    private static string Words(List<long> ids) => $"lot{ids[0]}x";

    private async Task<List<long>> HoldAsync(string title, int count)
    {
        var article = await site.PublishAsync(title);
        return await site.Writes.RunAsync(async (scope, ct) =>
        {
            var first = (await scope.Db.Comments.MaxAsync(c => (long?)c.Id, ct) ?? 0) + 1;
            var ids = new List<long>();
            for (var i = 0; i < count; i++)
            {
                var draft = CommentDraft.Read(new CommentFields(article.Id, null, $"Words {i} of lot{first}x about the harbour wall, which has stood there for as long as anyone knows.", $"Reader {i}", $"reader{i}@example.org", ""), true).Value;
                var comment = Comment.Write(draft, CommentText.Render(draft.Body), new CommentOrigin(null, $"192.0.2.{i}", "", scope.Now, scope.Now.DateTime), Standing.Held, """[{"Check":"first-comment","Leaning":1,"Reason":"Nobody of this name and address has a shown comment here yet."}]""");
                await CommentLedger.AddAsync(scope, comment, ct);
                ids.Add(comment.Id);
            }
            return ids;
        }, CancellationToken.None);
    }
}
