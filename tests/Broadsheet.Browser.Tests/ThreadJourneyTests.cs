using System.Globalization;
using Broadsheet.Core.People;
using Broadsheet.Web.Tests.Sites;
using Microsoft.Playwright;

namespace Broadsheet.Browser.Tests;

/// <summary>What script adds to a discussion: each thing stays possible without it (see <see cref="DiscussionJourneyTests"/>).</summary>
public sealed class ThreadJourneyTests(SqliteSite site, Chromium chromium) : IClassFixture<SqliteSite>
{
    [Fact]
    public async Task A_like_shows_at_once_is_taken_back_and_is_known_again_after_a_reload()
    {
        var article = await site.PublishAsync("Liked in place");
        var ids = await site.TalkAsync(article.Id, null, null);
        await using var ann = await chromium.OpenAsync(site);
        await ann.Page.GotoAsync(article.Path);
        var like = ann.Page.Locator($"#div-comment-{ids[1]} button[value='{ids[1]}']");

        await like.ClickAsync();
        await Assertions.Expect(like).ToHaveTextAsync("Unlike");
        await Assertions.Expect(ann.Page.Locator($"#div-comment-{ids[1]} a.likes")).ToHaveTextAsync("Liked by 1 person");
        Assert.DoesNotContain('#', ann.Page.Url);
        await ann.Page.ReloadAsync();
        await Assertions.Expect(like).ToHaveTextAsync("Unlike");
        await like.ClickAsync();
        await Assertions.Expect(like).ToHaveTextAsync("Like");
        await Assertions.Expect(ann.Page.Locator($"#div-comment-{ids[1]} a.likes")).ToBeHiddenAsync();
        await ann.Page.Locator(".post-likes button").ClickAsync();
        await Assertions.Expect(ann.Page.Locator(".post-likes a.likes")).ToHaveTextAsync("One reader likes this");
    }

    [Fact]
    public async Task A_new_comment_is_announced_moves_nothing_and_comes_in_at_its_place()
    {
        await site.SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0 });
        var article = await site.PublishAsync("Live");
        var ids = await site.TalkAsync(article.Id, null, null, 0);
        await using var ann = await chromium.OpenAsync(site);
        await ann.Page.GotoAsync(article.Path);
        await ann.Page.WaitForTimeoutAsync(600);
        var before = await ann.Page.Locator($"#comment-{ids[1]}").BoundingBoxAsync();

        var more = await site.TalkAsync(article.Id, [null]);
        using var other = site.NewReader();
        using var reply = await other.CommentAsync($"{article.Path}?replytocom={ids[0]}", "In between.");
        var button = ann.Page.Locator(".news button");
        await Assertions.Expect(button).ToHaveTextAsync("2 new comments");
        Assert.Equal(before!.Y, (await ann.Page.Locator($"#comment-{ids[1]}").BoundingBoxAsync())!.Y);
        await button.ClickAsync();

        await Assertions.Expect(ann.Page.Locator(".comment-list .comment-number")).ToHaveTextAsync(["1", "1.1", "1.2", "2", "3"]);
        await Assertions.Expect(ann.Page.Locator("#comments-title")).ToHaveTextAsync("5 comments");
        await Assertions.Expect(ann.Page.Locator(".news")).ToHaveCountAsync(0);
        await Assertions.Expect(ann.Page.Locator("li.is-new > .comment-body > .comment-head > .comment-number")).ToHaveTextAsync(["1.2", "3"]);
        await Assertions.Expect(ann.Page.Locator("details.branch > summary")).ToHaveTextAsync(["2 replies"]);
        Assert.StartsWith("div-comment-", await ann.Page.EvaluateAsync<string>("() => document.activeElement.id"), StringComparison.Ordinal);
        Assert.Single(more);
    }

    [Fact]
    public async Task Where_streams_do_not_get_through_the_page_asks_from_where_it_was_told()
    {
        var article = await site.PublishAsync("Asked now and then");
        await site.TalkAsync(article.Id, [null]);
        await using var ann = await chromium.OpenAsync(site);
        await ann.Page.AddInitScriptAsync("delete window.EventSource; const every = window.setInterval; window.setInterval = (what, time) => every(what, Math.min(time, 300));");
        var asked = new List<string>();
        ann.Page.Request += (_, request) => { if (request.Url.Contains("/v1/discussion?", StringComparison.Ordinal)) lock (asked) asked.Add(request.Url); };
        await ann.Page.GotoAsync(article.Path);
        await ann.Page.WaitForTimeoutAsync(1_000);
        await site.TalkAsync(article.Id, [null]);
        await Assertions.Expect(ann.Page.Locator(".news button")).ToHaveTextAsync("1 new comment");
        // At first from the page's own beginning, then from what each answer told.
        await Eventually.SeesAsync(() => { lock (asked) return Task.FromResult(asked.Select(a => a.Split("&since=").ElementAtOrDefault(1)).Distinct().Count() >= 3); });
        await ann.Page.Locator(".news button").ClickAsync();
        await Assertions.Expect(ann.Page.Locator("li.is-new .comment-number")).ToHaveTextAsync(["2"]);
    }

    [Fact]
    public async Task What_came_on_another_page_while_the_tab_was_hidden_is_one_press_away()
    {
        await site.SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0, CommentsPerPage = 5 });
        var article = await site.PublishAsync("Hidden for a while");
        await site.TalkAsync(article.Id, null, null, null, null, null);
        await using var ann = await chromium.OpenAsync(site);
        await ann.Page.GotoAsync(article.Path);
        await ann.Page.WaitForTimeoutAsync(600);
        await HideAsync(ann.Page, true);
        using var other = site.NewReader();
        using var reply = await other.CommentAsync(article.Path, "On page two.");
        await HideAsync(ann.Page, false);
        await ann.Page.Locator(".news button").ClickAsync();

        await ann.Page.WaitForURLAsync("**/comment-page-2/#comment-*");
        await Assertions.Expect(ann.Page.Locator(".comment-body:focus")).ToContainTextAsync("On page two.");
        await site.SetAsync(p => p with { CommentsPerPage = 50 });

        static Task HideAsync(IPage page, bool isHidden) => page.EvaluateAsync("h => { Object.defineProperty(document, 'hidden', { configurable: true, get: () => h }); document.dispatchEvent(new Event('visibilitychange')); }", isHidden);
    }

    [Fact]
    public async Task A_like_is_known_on_replies_that_come_in_place()
    {
        await site.SetAsync(p => p with { RepliesShown = 5 });
        var article = await site.PublishAsync("Liked among the rest");
        var ids = await site.TalkAsync(article.Id, [null, .. Enumerable.Repeat<int?>(0, 7)]);
        await using var ann = await chromium.OpenAsync(site);
        await ann.Page.GotoAsync(article.Path);
        await ann.Page.Locator(".more a").ClickAsync();
        var like = ann.Page.Locator($"button[form=likes][value='{ids[7]}']");
        await like.ClickAsync();
        await Assertions.Expect(ann.Page.Locator($"#div-comment-{ids[7]} a.likes")).ToHaveTextAsync("Liked by 1 person");
        // Words stay readable under the pointer.
        Assert.Equal("rgba(0, 0, 0, 0)", await like.EvaluateAsync<string>("async b => { await new Promise(r => setTimeout(r, 300)); return getComputedStyle(b).backgroundColor; }"));
        await ann.Page.ReloadAsync();
        await ann.Page.Locator(".more a").ClickAsync();

        await Assertions.Expect(like).ToHaveTextAsync("Unlike");
        await site.SetAsync(p => p with { RepliesShown = 50 });
    }

    [Fact]
    public async Task A_draft_waits_where_it_was_written_moves_nobody_and_outlives_an_answer_that_never_came()
    {
        var article = await site.PublishAsync("A draft that waits");
        var ids = await site.TalkAsync(article.Id, [.. Enumerable.Repeat<int?>(null, 12)]);
        await using var ann = await chromium.OpenAsync(site);
        await ann.Page.GotoAsync(article.Path);
        await ann.Page.Locator($"#div-comment-{ids[9]} a.comment-reply-link").ClickAsync();
        await ann.Page.Locator("#comment").PressSequentiallyAsync("Kept words.");
        await ann.Page.FillAsync("#author", "Ann");
        await ann.Page.FillAsync("#email", "ann@example.org");
        await ann.Context.RouteAsync("**/wp-comments-post.php", route => route.AbortAsync());
        await ann.Page.ClickAsync("#submit");
        await Eventually.SeesAsync(() => Task.FromResult(ann.Page.Url.StartsWith("chrome-error:", StringComparison.Ordinal)));
        await ann.Context.UnrouteAsync("**/wp-comments-post.php");

        // Another address first: the same one again would be scrolled to where it was left.
        await ann.Page.GotoAsync("/");
        await ann.Page.GotoAsync(article.Path);
        await Assertions.Expect(ann.Page.Locator("#comment")).ToHaveValueAsync("Kept words.");
        await Assertions.Expect(ann.Page.Locator("#comment_parent")).ToHaveValueAsync($"{ids[9]}");
        Assert.EndsWith(article.Path, ann.Page.Url, StringComparison.Ordinal);
        Assert.Equal(0, await ann.Page.EvaluateAsync<int>("() => scrollY"));
        await ann.Page.FillAsync("#author", "Ann");
        await ann.Page.FillAsync("#email", "ann@example.org");
        await ann.Page.ClickAsync("#submit");
        await ann.Page.WaitForURLAsync("**#comment-*");
        await ann.Page.GotoAsync(article.Path);
        await Assertions.Expect(ann.Page.Locator("#comment")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task The_rest_of_the_replies_comes_in_place()
    {
        await site.SetAsync(p => p with { RepliesShown = 5 });
        var article = await site.PublishAsync("In place");
        var ids = await site.TalkAsync(article.Id, [null, .. Enumerable.Repeat<int?>(0, 9), 2, null]);
        await using var ann = await chromium.OpenAsync(site);
        await ann.Page.GotoAsync(article.Path);
        await ann.Page.Locator(".more a").ClickAsync();

        await Assertions.Expect(ann.Page.Locator(".comment-list .comment-number")).ToHaveTextAsync(["1", "1.1", "1.2", "1.10", "1.3", "1.4", "1.5", "1.6", "1.7", "1.8", "1.9", "2"]);
        Assert.EndsWith(article.Path, ann.Page.Url, StringComparison.Ordinal);
        await Assertions.Expect(ann.Page.Locator(".more")).ToHaveCountAsync(0);

        // An old link to a reply that is not on the page finds it.
        await ann.Page.GotoAsync($"{article.Path}?x=1#comment-{ids[8]}");
        await ann.Page.WaitForURLAsync($"**?thread=1&part=2#comment-{ids[8]}");
        await Assertions.Expect(ann.Page.Locator($"#comment-{ids[8]}")).ToBeInViewportAsync();
        await site.SetAsync(p => p with { RepliesShown = 50 });
    }

    [Fact]
    public async Task A_chosen_order_is_remembered()
    {
        var (first, second) = (await site.PublishAsync("Ordered"), await site.PublishAsync("Ordered too"));
        foreach (var article in new[] { first, second }) await site.TalkAsync(article.Id, null, null);
        await using var ann = await chromium.OpenAsync(site);
        await ann.Page.GotoAsync(first.Path);
        await ann.Page.Locator(".orders a", new() { HasText = "Newest" }).ClickAsync();
        await Assertions.Expect(ann.Page.Locator(".comment-list .comment-number")).ToHaveTextAsync(["2", "1"]);

        await ann.Page.GotoAsync(second.Path);
        await ann.Page.WaitForURLAsync("**?order=newest");
        await ann.Page.Locator(".orders a", new() { HasText = "Oldest" }).ClickAsync();
        await Assertions.Expect(ann.Page.Locator(".comment-list .comment-number")).ToHaveTextAsync(["1", "2"]);
        await ann.Page.GotoAsync(first.Path);
        await Assertions.Expect(ann.Page.Locator(".comment-list .comment-number")).ToHaveTextAsync(["1", "2"]);
    }

    [Fact]
    public async Task Selected_words_are_quoted_and_a_draft_keeps_whom_it_answers()
    {
        var article = await site.PublishAsync("Quoted");
        var ids = await site.TalkAsync(article.Id, null, null);
        await using var ann = await chromium.OpenAsync(site);
        await ann.Page.GotoAsync(article.Path);
        await ann.Page.EvaluateAsync($"() => getSelection().selectAllChildren(document.querySelector('#div-comment-{ids[1]} .comment-text'))");
        await ann.Page.Locator(".quote-it").ClickAsync();

        Assert.Equal("> Words 1.\n\n", await ann.Page.InputValueAsync("#comment"));
        Assert.Equal($"{ids[1]}", await ann.Page.InputValueAsync("#comment_parent"));
        await ann.Page.Locator("#comment").PressSequentiallyAsync("Indeed.");
        await ann.Page.ReloadAsync();
        Assert.Equal("> Words 1.\n\nIndeed.", await ann.Page.InputValueAsync("#comment"));
        Assert.Equal($"{ids[1]}", await ann.Page.InputValueAsync("#comment_parent"));
    }

    [Fact]
    public async Task What_came_since_the_last_visit_is_counted_marked_and_one_jump_away()
    {
        var article = await site.PublishAsync("Since");
        await site.TalkAsync(article.Id, [null]);
        await using var ann = await chromium.OpenAsync(site);
        await ann.Page.GotoAsync(article.Path);
        Assert.Equal(0, await ann.Page.Locator(".since").CountAsync());
        await ann.Page.WaitForTimeoutAsync(4_500);
        await site.Writes.RunAsync(async (scope, ct) => { scope.Evict($"article:{article.Id}"); await Task.CompletedTask; }, CancellationToken.None);
        var ids = await site.TalkAsync(article.Id, null, null);

        await ann.Page.GotoAsync("/");
        await ann.Page.GotoAsync(article.Path);

        await Assertions.Expect(ann.Page.Locator(".since")).ToContainTextAsync("2 new comments since your last visit");
        await Assertions.Expect(ann.Page.Locator("li.is-new")).ToHaveCountAsync(2);
        await ann.Page.Locator(".since a").ClickAsync();
        await Assertions.Expect(ann.Page.Locator($"#div-comment-{ids[0]}")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_guest_mutes_a_commenter_in_this_browser()
    {
        var article = await site.PublishAsync("Muted here");
        var ids = await site.TalkAsync(article.Id, null, null);
        await using var ann = await chromium.OpenAsync(site, 360);
        await ann.Page.GotoAsync(article.Path);
        await ann.Page.Locator($"#div-comment-{ids[0]} a.report").ClickAsync();
        await ann.Page.Locator("form.mute button").ClickAsync();

        await Assertions.Expect(ann.Page.Locator($"#comment-{ids[0]} > details.muted")).ToBeVisibleAsync();
        Assert.False(await ann.Page.Locator($"#div-comment-{ids[0]} .comment-text").IsVisibleAsync());
        Assert.True(await ann.Page.Locator($"#div-comment-{ids[1]} .comment-text").IsVisibleAsync());
        await ann.Page.Locator("details.muted > summary").ClickAsync();
        await ann.Page.Locator($"#div-comment-{ids[0]} a.report").ClickAsync();
        await ann.Page.Locator("form.mute button").ClickAsync();
        await Assertions.Expect(ann.Page.Locator("details.muted")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_comments_address_is_copied()
    {
        var article = await site.PublishAsync("Shared");
        var ids = await site.TalkAsync(article.Id, [null]);
        await using var ann = await chromium.OpenAsync(site);
        await ann.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await ann.Page.GotoAsync(article.Path);
        await ann.Page.Locator("a.share").ClickAsync();
        await Assertions.Expect(ann.Page.Locator("a.share")).ToHaveTextAsync("Link copied");
        Assert.EndsWith($"{article.Path}#comment-{ids[0]}", await ann.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_the_keyboard_alone_a_reader_answers_and_lands_on_the_answer()
    {
        await site.SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0 });
        var article = await site.PublishAsync("By keyboard");
        var ids = await site.TalkAsync(article.Id, null, 0, null);
        await using var ann = await chromium.OpenAsync(site);
        await ann.Page.GotoAsync(article.Path);
        await TabToAsync(ann.Page, $"#div-comment-{ids[1]} a.comment-reply-link");
        await ann.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(ann.Page.Locator("#comment")).ToBeFocusedAsync();
        await ann.Page.Keyboard.TypeAsync("Typed and nothing else.");
        await TabToAsync(ann.Page, "#author");
        await ann.Page.Keyboard.TypeAsync("Key Board");
        await TabToAsync(ann.Page, "#email");
        await ann.Page.Keyboard.TypeAsync("key@example.org");
        await TabToAsync(ann.Page, "#submit");
        // What is sent within two seconds is held.
        await ann.Page.WaitForTimeoutAsync(2_200);
        await ann.Page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(ann.Page.Locator(".comment-list .comment-number")).ToHaveTextAsync(["1", "1.1", "1.2", "2"]);
        await Assertions.Expect(ann.Page.Locator(".comment-body:focus")).ToContainTextAsync("Typed and nothing else.");
        // A branch is folded and opened, and what is folded is found by a link into it.
        await TabToAsync(ann.Page, $"#comment-{ids[0]} > details > summary", back: true);
        await ann.Page.Keyboard.PressAsync("Enter");
        Assert.False(await ann.Page.Locator($"#div-comment-{ids[1]}").IsVisibleAsync());
        await ann.Page.Keyboard.PressAsync("Enter");
        Assert.True(await ann.Page.Locator($"#div-comment-{ids[1]}").IsVisibleAsync());
    }

    [Fact]
    public async Task Without_script_on_a_phone_everything_can_be_done()
    {
        await site.SetAsync(p => p with { HoldFirst = false, FloodSeconds = 0, RepliesShown = 5 });
        var article = await site.PublishAsync("Without");
        var ids = await site.TalkAsync(article.Id, [null, .. Enumerable.Repeat<int?>(0, 7), null]);
        await using var ann = await chromium.OpenAsync(site, 360, script: false);
        await ann.Page.GotoAsync(article.Path);
        await ann.Page.Locator($"#div-comment-{ids[8]} button[name=like]").ClickAsync();
        await Assertions.Expect(ann.Page.Locator($"#div-comment-{ids[8]} a.likes")).ToHaveTextAsync("Liked by 1 person");
        await ann.Page.Locator($"#div-comment-{ids[8]} button[name=unlike]").ClickAsync();
        await Assertions.Expect(ann.Page.Locator($"#div-comment-{ids[8]} a.likes")).ToHaveCountAsync(0);
        await ann.Page.Locator(".orders a", new() { HasText = "Most replied" }).ClickAsync();
        await Assertions.Expect(ann.Page.Locator(".comment-list .comment-number").First).ToHaveTextAsync("1");
        await ann.Page.Locator(".more a").ClickAsync();
        await Assertions.Expect(ann.Page.Locator(".comment-list .comment-number")).ToHaveTextAsync(["1", "1.6", "1.7"]);
        await ann.Page.Locator($"#div-comment-{ids[7]} a.comment-reply-link").ClickAsync();
        await ann.Page.FillAsync("#comment", "Teh answer.");
        await ann.Page.FillAsync("#author", "No Script");
        await ann.Page.FillAsync("#email", "no@example.org");
        await ann.Page.Locator("button[name=preview]").ClickAsync();
        await Assertions.Expect(ann.Page.Locator("#preview")).ToContainTextAsync("Teh answer.");
        await ann.Page.ClickAsync("#submit");
        var own = ann.Page.Locator("li.comment", new() { HasText = "Teh answer." }).Last;
        await own.GetByText("Edit", new() { Exact = true }).ClickAsync();
        await ann.Page.FillAsync("#comment", "The answer.");
        await ann.Page.GetByText("Save", new() { Exact = true }).ClickAsync();
        await Assertions.Expect(ann.Page.Locator("li.comment", new() { HasText = "The answer." }).Last.Locator(".edited").Last).ToContainTextAsync("edited");
        await ann.Page.Locator($"#div-comment-{ids[7]} a.report").ClickAsync();
        await ann.Page.Locator("#reason-spam").CheckAsync();
        await ann.Page.GetByText("Report", new() { Exact = true }).Last.ClickAsync();
        await Assertions.Expect(ann.Page.Locator("h1")).ToHaveTextAsync("Reported");
        await site.SetAsync(p => p with { RepliesShown = 50 });
    }

    [Fact]
    public async Task A_moderator_with_script_puts_a_comment_on_top()
    {
        var article = await site.PublishAsync("Top of the page");
        var ids = await site.TalkAsync(article.Id, null, null);
        using var moderator = await StaffClient.AddAsync(site, Role.Moderator);
        await using var staff = await chromium.OpenAsync(site);
        await staff.Page.GotoAsync(await StaffClient.LinkAsync(site, moderator.Id));
        await staff.Page.Locator("main button").First.ClickAsync();
        await staff.Page.GotoAsync(article.Path);
        await staff.Page.Locator($"button[name=feature][value='{ids[1]}']").ClickAsync();
        await Assertions.Expect(staff.Page.Locator(".featured .comment-text")).ToHaveTextAsync("Words 1.");

        // Muted, it is folded in both places, and can still be taken from the top.
        await staff.Page.Locator($"#div-comment-{ids[1]} a.report").ClickAsync();
        await staff.Page.Locator("form.mute button").ClickAsync();
        await Assertions.Expect(staff.Page.Locator(".featured > details.muted > .comment-body")).ToHaveCountAsync(1);
        await Assertions.Expect(staff.Page.Locator($"button[name=unfeature][value='{ids[1]}']")).ToHaveCountAsync(1);
        Assert.Equal(0, await staff.Page.Locator($"button[name=feature][value='{ids[1]}']").CountAsync());
    }

    private static async Task TabToAsync(IPage page, string selector, bool back = false)
    {
        for (var i = 0; i < 80; i++)
        {
            if (await page.EvaluateAsync<bool>("s => document.activeElement === document.querySelector(s)", selector)) return;
            await page.Keyboard.PressAsync(back ? "Shift+Tab" : "Tab");
        }
        Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"{selector} is not reached by the Tab key."));
    }
}
